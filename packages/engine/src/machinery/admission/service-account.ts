import { chanceSuffix } from '../../core/chance.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { forbidden } from '../status.ts';
import { unmountableSecret } from './mountable-secrets.ts';
import { aboutOf } from './subject.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_SECONDS = 3607;
const MIRROR = 'kubernetes.io/config.mirror';

interface Mount {
  name: string;
  mountPath: string;
  readOnly?: boolean;
}

/** Every pod runs as a service account and, unless it says no, carries its token. Models plugin/pkg/admission/serviceaccount. */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  admit: (attributes) => {
    const { operation, kind, subresource, object } = attributes;
    if (operation !== 'CREATE' || kind.group !== '' || kind.plural !== 'pods' || subresource !== '' || !object?.spec) return;
    if (object.metadata.annotations?.[MIRROR] !== undefined) return;
    const spec = object.spec;
    spec.serviceAccountName ||= 'default';
    spec.serviceAccount = spec.serviceAccountName;
    const account = lookUp(attributes, spec.serviceAccountName);
    const unmountable = unmountableSecret(account, spec);
    if (unmountable !== undefined) throw forbidden(kind.group, kind.plural, aboutOf(attributes), unmountable);
    if ((spec.imagePullSecrets?.length ?? 0) === 0 && account.imagePullSecrets?.length) spec.imagePullSecrets = [...account.imagePullSecrets];
    const mounts = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (mounts) mountToken(attributes, object);
  },
};

function lookUp(attributes: Attributes, account: string): KubeObject {
  const { kind, namespace, txn } = attributes;
  const found = txn.get(objectKey('core/serviceaccounts', namespace, account));
  if (found) return found;
  throw forbidden(
    kind.group,
    kind.plural,
    aboutOf(attributes),
    `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
  );
}

function mountToken({ txn }: Attributes, pod: KubeObject): void {
  const spec = pod.spec;
  const wanting = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].filter(
    (container) => !(container.volumeMounts ?? []).some((mount: Mount) => mount.mountPath === TOKEN_PATH),
  );
  if (wanting.length === 0) return;
  const known = (spec.volumes ?? []).find((volume: { name?: string }) => volume.name?.startsWith('kube-api-access-'));
  // Pods of one controller have one name for it, so that they can share everything but their own names.
  const whose = pod.metadata.ownerReferences?.find((ref) => ref.controller)?.uid ?? txn.nextRevision;
  const name = known?.name ?? tokenVolumeName(txn.seed, whose);
  for (const container of wanting) container.volumeMounts = [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath: TOKEN_PATH }];
  if (!known) spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
}

export const tokenVolumeName = (seed: string, whose: string | number): string => `kube-api-access-${chanceSuffix(5, seed, 'token-volume', whose)}`;

const tokenVolume = (name: string) => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
    defaultMode: 420,
  },
});
