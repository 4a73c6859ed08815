import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import type { Owner } from '../../../machinery/identity/token.ts';
import { badRequest, conflict, notFound } from '../../../machinery/status.ts';

type Bound = Pick<Owner, 'pod' | 'secret' | 'node'>;

interface Reference {
  apiVersion?: string;
  kind?: string;
  name?: string;
  uid?: string;
}

const RESOURCES: Readonly<Record<string, readonly [plural: string, field: keyof Bound]>> = {
  Pod: ['pods', 'pod'],
  Secret: ['secrets', 'secret'],
  Node: ['nodes', 'node'],
};

/** The object with which a token ends: it must be there, and a pod must run as the account. */
export function boundTo(view: View, account: KubeObject, reference: Reference | null | undefined): Bound {
  if (!reference) return {};
  const { kind = '', apiVersion = '', name = '', uid } = reference;
  const found = Object.hasOwn(RESOURCES, kind) && !apiVersion.includes('/') ? RESOURCES[kind] : undefined;
  if (!found) throw badRequest(`cannot bind token to object of type ${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`);
  const [plural, field] = found;
  const object = view.get(objectKey(`core/${plural}`, kind === 'Node' ? '' : account.metadata.namespace, name));
  if (!object) throw notFound('', plural, name);
  if (uid && uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw conflict('', kind, name, why);
  }
  if (kind === 'Pod' && object.spec?.serviceAccountName !== account.metadata.name) {
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account.metadata.name)} to pod running with different serviceaccount name.`,
    );
  }
  const named = { name, uid: object.metadata.uid as string };
  return { [field]: named, ...(kind === 'Pod' ? nodeOf(view, object) : {}) };
}

/** A pod's token names the node it runs on as well. */
function nodeOf(view: View, pod: KubeObject): Bound {
  const name: string | undefined = pod.spec?.nodeName;
  const uid = name && view.get(objectKey('core/nodes', '', name))?.metadata.uid;
  return name && uid ? { node: { name, uid } } : {};
}
