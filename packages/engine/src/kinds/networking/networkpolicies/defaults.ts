import type { KubeObject } from '../../../core/object.ts';

// Models SetDefaults_NetworkPolicy and SetDefaults_NetworkPolicyPort in pkg/apis/networking/v1/defaults.go.
export function defaults(policy: KubeObject): void {
  policy.spec ??= {};
  const { spec } = policy;
  spec.podSelector ??= {};
  for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) for (const port of rule.ports ?? []) port.protocol ??= 'TCP';
  if ((spec.policyTypes?.length ?? 0) === 0) spec.policyTypes = (spec.egress?.length ?? 0) > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}
