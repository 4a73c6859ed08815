import type { KubeObject } from '../../../core/object.ts';

// Models SetDefaults_IngressClass in pkg/apis/networking/v1/defaults.go.
export function defaults(ingressClass: KubeObject): void {
  ingressClass.spec ??= {};
  if (ingressClass.spec.parameters) ingressClass.spec.parameters.scope ??= 'Cluster';
}
