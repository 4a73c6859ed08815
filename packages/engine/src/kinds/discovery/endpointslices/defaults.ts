import type { KubeObject } from '../../../core/object.ts';

// Models SetDefaults_EndpointPort in pkg/apis/discovery/v1/defaults.go.
export function defaults(slice: KubeObject): void {
  slice.endpoints ??= [];
  for (const endpoint of slice.endpoints) endpoint.conditions ??= {};
  for (const port of slice.ports ?? []) {
    port.name ??= '';
    port.protocol ??= 'TCP';
  }
}
