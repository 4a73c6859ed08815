import { toRfc3339 } from '../core/instant.ts';
import type { Bootstrapped } from './object.ts';

const configMap = (name: string, data: Record<string, string>): Bootstrapped => ({
  resource: 'core/configmaps',
  object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name, namespace: 'kube-system' }, data },
});

/** What an API server publishes about itself for servers that extend it. Models pkg/controlplane/controller/clusterauthenticationtrust. */
export const configMapObjects = (caCertificate: string, now: number): Bootstrapped[] => [
  configMap('extension-apiserver-authentication', {
    'client-ca-file': caCertificate,
    'requestheader-allowed-names': '["front-proxy-client"]',
    'requestheader-client-ca-file': caCertificate,
    'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
    'requestheader-group-headers': '["X-Remote-Group"]',
    'requestheader-uid-headers': '["X-Remote-Uid"]',
    'requestheader-username-headers': '["X-Remote-User"]',
  }),
  configMap('kube-apiserver-legacy-service-account-token-tracking', { since: toRfc3339(now).slice(0, 10) }),
];
