import type { ClusterEvent } from '../../core/event.ts';
import type { KubeObject } from '../../core/object.ts';
import { mapped, type Reconcile, type Watch } from '../../machinery/controller.ts';
import { NODES } from '../shared/objects.ts';
import type { AddressType } from './endpoint.ts';
import type { Plan } from './reconcile.ts';
import type { Service } from './serving.ts';
import { cpuOf, isReady, wantsTopologyHints, zoneOf } from './topology.ts';
import { serviceKey } from './watches.ts';

/** That a service has hints by topology, so that gaining and losing them is told once. */
const memory = (key: string): string => `endpointslice-hints/${key}`;

const DISABLED = 'TopologyAwareHintsDisabled';

export function forgetHints({ api, view, key }: Reconcile): void {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
}

/** Events about the service. Models what AddHints of topologycache and the reconciler of staging/src/k8s.io/endpointslice report. */
export function tellOfHints(context: Reconcile, service: Service, plans: readonly Plan[], types: readonly AddressType[]): void {
  const { view, api, key, record } = context;
  const known = view.runtime<boolean>(memory(key)) === true;
  let enabled = known;
  plans.forEach(({ hinting }, i) => {
    const say = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
      record(service, type, reason, `${message}, addressType: ${types[i]}`);
    if (hinting === undefined) {
      if (enabled) say('Warning', DISABLED, 'Topology Aware Hints has been disabled');
    } else if (!hinting.enabled) say('Warning', DISABLED, hinting.message);
    else if (!enabled) say('Normal', 'TopologyAwareHintsEnabled', 'Topology Aware Hints has been enabled');
    enabled = hinting?.enabled ?? false;
  });
  if (enabled !== known) api.setRuntime(memory(key), enabled || undefined);
}

const facts = (node: KubeObject): string => [isReady(node), zoneOf(node), cpuOf(node)].join();

/** What the zones have to share changes with their nodes. */
export const topologyWatch: Watch = mapped(NODES, (event: ClusterEvent, view) => {
  const { type, stored, previous } = event;
  if (type === 'MODIFIED' && previous && facts(previous.object) === facts(stored.object)) return [];
  return view
    .list('core/services')
    .filter(wantsTopologyHints)
    .map(({ metadata }) => serviceKey(metadata.namespace, metadata.name as string));
});
