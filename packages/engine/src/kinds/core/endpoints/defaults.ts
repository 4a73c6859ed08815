import type { KubeObject } from '../../../core/object.ts';

// Models SetDefaults_Endpoints in pkg/apis/core/v1/defaults.go.
export function defaults(endpoints: KubeObject): void {
  for (const subset of endpoints.subsets ?? []) for (const port of subset.ports ?? []) port.protocol ||= 'TCP';
}
