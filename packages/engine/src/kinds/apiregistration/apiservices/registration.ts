import type { KubeObject } from '../../../core/object.ts';
import type { KindDefinition } from '../../../machinery/kind.ts';
import { prioritiesOf } from './priorities.ts';

/** Says who keeps an APIService: `onstart` for the server's own groups, `true` for those of custom resources. */
export const AUTOMANAGED = 'kube-aggregator.kubernetes.io/automanaged';

export const serviceNameOf = ({ group, version }: { group: string; version: string }): string => `${version}.${group}`;

/** The versions that a server serves itself, each once; in a cluster without any add-ons also what one of those would serve. */
export function servedVersions(kinds: readonly KindDefinition[], withoutAddons = false): Map<string, KindDefinition> {
  const served = new Map<string, KindDefinition>();
  for (const kind of kinds) if (withoutAddons || !kind.servedElsewhere) served.set(serviceNameOf(kind), served.get(serviceNameOf(kind)) ?? kind);
  return served;
}

// Models cmd/kube-apiserver/app/aggregator.go and pkg/controlplane/apiserver/crdregistration.
export function localApiService(kind: KindDefinition): KubeObject {
  const { group, version, definition } = kind;
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: serviceNameOf(kind), labels: { [AUTOMANAGED]: definition ? 'true' : 'onstart' } },
    spec: { ...(group === '' ? {} : { group }), version, ...prioritiesOf(group, version) },
  };
}
