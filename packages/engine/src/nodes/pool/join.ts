import { chance } from '../../core/chance.ts';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { readyEvent } from '../../kinds/rules/node-events.ts';
import { silenceKey } from '../../kinds/shared/node-fault.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import { nodeKey } from '../../kubelet/keys.ts';
import type { Reconcile } from '../../machinery/controller.ts';

/** What a machine keeps of itself, under `node/<name>`. */
export interface Machine {
  index: number;
  /** Name of its pool; the control plane's machines have none. */
  pool?: string;
  since: Instant;
  /** When its network is set up, until it is. */
  joinsAt?: Instant;
  /** When another one takes its place, for one whose node was deleted. */
  replacedAt?: Instant;
}

const QUICKEST_MS = 5000;
const SLOWEST_MS = 15_000;
const NO_NETWORK =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

/** How long a new machine takes until pods can run on it. */
export const joinMs = ({ view }: Reconcile, name: string): number =>
  view.settings.timing === 'instant' ? 0 : Math.round(QUICKEST_MS + chance(view.seed, 'join', name, view.now) * (SLOWEST_MS - QUICKEST_MS));

type Status = NonNullable<NodeObject['status']>;

const withReady = (status: Status, ready: object): Status => ({
  ...status,
  conditions: (status.conditions ?? []).map((condition) => (condition.type === 'Ready' ? { ...condition, ...ready } : condition)),
});

/** Registered, but of no use yet. */
export const joiningStatus = (status: Status): Status => withReady(status, { status: 'False', reason: 'KubeletNotReady', message: NO_NETWORK });

/** Lets those machines in whose time has come; the instant of the next one. */
export function letIn(context: Reconcile, nodes: readonly NodeObject[]): Instant | undefined {
  let next: Instant | undefined;
  for (const node of nodes) {
    const name = node.metadata.name as string;
    const machine = context.view.runtime<Machine>(nodeKey(name));
    if (machine?.joinsAt === undefined || context.view.runtime(silenceKey(name)) !== undefined) continue;
    if (machine.joinsAt <= context.now) join(context, node, machine);
    else next = Math.min(next ?? machine.joinsAt, machine.joinsAt);
  }
  return next;
}

function join({ api, now, record }: Reconcile, node: NodeObject, { joinsAt: _joinsAt, ...machine }: Machine): void {
  const name = node.metadata.name as string;
  api.setRuntime(nodeKey(name), machine);
  const time = toRfc3339(now);
  const ready = {
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  };
  const joined = api.updateStatus({ ...node, status: withReady(node.status ?? {}, ready) });
  const { type, reason, message } = readyEvent(name);
  record(joined, type, reason, message, { component: 'kubelet', host: name });
}
