import { stringify } from 'yaml';

export interface KubeconfigParts {
  /** Name of the cluster as people see it; also names the context. */
  name: string;
  server: string;
  caCertificate: string;
  token: string;
}

/** A kubeconfig for one cluster and one token. */
export function kubeconfig({ name, server, caCertificate, token }: KubeconfigParts): string {
  const context = `vivakube-${name}`;
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: context, cluster: { server, 'certificate-authority-data': Buffer.from(caCertificate).toString('base64') } }],
      users: [{ name: context, user: { token } }],
      contexts: [{ name: context, context: { cluster: context, user: context, namespace: 'default' } }],
      'current-context': context,
    },
    { lineWidth: 0 },
  );
}
