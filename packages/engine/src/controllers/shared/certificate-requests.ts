import type { KubeObject } from '../../core/object.ts';
import type { CertificateRequest } from '../../machinery/pki/request.ts';
import type { KindName } from './objects.ts';

export const CERTIFICATE_REQUESTS: KindName = {
  group: 'certificates.k8s.io',
  version: 'v1',
  plural: 'certificatesigningrequests',
  kind: 'CertificateSigningRequest',
};

export const [CLIENT_SIGNER, KUBELET_CLIENT_SIGNER, KUBELET_SERVING_SIGNER] = [
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/kubelet-serving',
];

export interface Condition {
  type: string;
  status: string;
  lastUpdateTime?: string;
}

export const conditionOf = ({ status }: KubeObject, type: string): Condition | undefined =>
  ((status?.conditions ?? []) as Condition[]).find((condition) => condition.type === type);

const SERVING_USAGES = ['digital signature', 'key encipherment', 'server auth'];
const CLIENT_USAGES = ['client auth', 'digital signature', 'key encipherment'];

/** Exactly these usages; keys that are not RSA do without encipherment. */
const areUsages = (wanted: readonly string[], usages: readonly string[]): boolean => {
  const given = new Set(usages);
  const without = wanted.filter((usage) => usage !== 'key encipherment');
  return [wanted, without].some((list) => list.length === given.size && list.every((usage) => given.has(usage)));
};

const NODE_PREFIX = 'system:node:';
const isOfNodes = (organizations: readonly string[]): boolean => organizations.length === 1 && organizations[0] === 'system:nodes';

// The problems of requests by kubelets model pkg/apis/certificates/helpers.go.
export function kubeletClientProblem({ subject, names }: CertificateRequest, usages: readonly string[]): string | undefined {
  if (!isOfNodes(subject.organizations)) return 'subject organization is not system:nodes';
  if (names.dns.length > 0) return 'DNS subjectAltNames are not allowed';
  if (names.emails.length > 0) return 'Email subjectAltNames are not allowed';
  if (names.ips.length > 0) return 'IP subjectAltNames are not allowed';
  if (names.uris.length > 0) return 'URI subjectAltNames are not allowed';
  if (!subject.commonName.startsWith(NODE_PREFIX)) return 'subject common name does not begin with system:node:';
  return areUsages(CLIENT_USAGES, usages) ? undefined : `usages did not match [${CLIENT_USAGES.join(' ')}]`;
}

export function kubeletServingProblem({ subject, names }: CertificateRequest, usages: readonly string[]): string | undefined {
  if (!isOfNodes(subject.organizations)) return 'subject organization is not system:nodes';
  if (names.dns.length + names.ips.length === 0) return 'DNS or IP subjectAltName is required';
  if (names.emails.length > 0) return 'Email subjectAltNames are not allowed';
  if (names.uris.length > 0) return 'URI subjectAltNames are not allowed';
  if (!areUsages(SERVING_USAGES, usages)) return `usages did not match [${SERVING_USAGES.join(' ')}]`;
  return subject.commonName.startsWith(NODE_PREFIX) ? undefined : 'subject common name does not begin with system:node:';
}
