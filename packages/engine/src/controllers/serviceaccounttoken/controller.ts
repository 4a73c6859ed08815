import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { secretText } from '../../machinery/identity/base64.ts';
import { secretToken } from '../../machinery/identity/secret-token.ts';
import { CONTROLLER_MANAGER, SERVICE_ACCOUNTS } from '../shared/objects.ts';

const RESOURCE = 'core/secrets';
const TYPE = 'kubernetes.io/service-account-token';
const NAME = 'kubernetes.io/service-account.name';
const UID = 'kubernetes.io/service-account.uid';

const isToken = ({ type }: KubeObject): boolean => type === TYPE;

/** Fills the Secrets that ask for a token of an account, and removes them with it. Models pkg/controller/serviceaccount/tokens_controller.go. */
export const serviceAccountTokenController = defineController({
  name: 'serviceaccounttoken',
  component: 'tokens-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    mapped({ group: '', plural: 'secrets' }, ({ type, key, stored }) => (type !== 'DELETED' && isToken(stored.object) ? [key] : [])),
    mapped(SERVICE_ACCOUNTS, ({ type, key }, view) => {
      const { namespace, name } = splitKey(key);
      if (type !== 'DELETED') return [];
      const tokens = view.list(RESOURCE, namespace).filter((secret) => isToken(secret) && secret.metadata.annotations?.[NAME] === name);
      return tokens.map((secret) => objectKey(RESOURCE, namespace, secret.metadata.name as string));
    }),
  ],
  reconcile: ({ key, view, api }) => {
    const secret = view.get(key);
    if (!secret || !isToken(secret) || secret.metadata.deletionTimestamp) return;
    const { annotations = {}, namespace = '', name = '' } = secret.metadata;
    const account = view.get(objectKey('core/serviceaccounts', namespace, annotations[NAME] ?? ''));
    const uid = account?.metadata.uid;
    if (!uid || (annotations[UID] !== undefined && annotations[UID] !== uid)) {
      api.delete(key);
      return;
    }
    const data = {
      ...secret.data,
      'ca.crt': secretText(view.runtime<string>('cluster/ca') ?? ''),
      namespace: secretText(namespace),
      // What is there stays: somebody may have it.
      token: secret.data?.token || secretText(secretToken(view.seed, namespace, name, { name: annotations[NAME] as string, uid })),
    };
    api.update({ ...secret, metadata: { ...secret.metadata, annotations: { ...annotations, [UID]: uid } }, data });
  },
});
