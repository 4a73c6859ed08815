import type { View } from '../core/txn.ts';
import { nodeSelectorMatches } from '../kinds/shared/node-selection.ts';
import { isAssignedPod, type NodeObject, type PodObject } from '../kinds/shared/pod.ts';
import { isTolerated } from '../kinds/shared/taints.ts';
import type { Refusal } from './admission.ts';

const STATIC = 'kubernetes.io/config.mirror';

/** What a kubelet checks for itself where nobody asked the scheduler. Models generalFilter in pkg/kubelet/lifecycle/predicate.go. */
export function predicateFailure(view: View, pod: PodObject): Refusal | undefined {
  const node = view.get(`core/nodes//${pod.spec.nodeName}`) as NodeObject | undefined;
  if (!node) return undefined;
  if (!wantsNode(pod, node)) return failed('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  if (portsTaken(view, pod)) return failed('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  const evicting = (node.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
  const isStatic = Object.hasOwn(pod.metadata.annotations ?? {}, STATIC);
  if (!isStatic && evicting.some((taint) => !isTolerated(taint, pod.spec.tolerations ?? [])))
    return failed('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  return undefined;
}

const failed = (reason: string, description: string): Refusal => ({ reason, message: `Predicate ${reason} failed: ${description}` });

function wantsNode({ spec }: PodObject, node: NodeObject): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return selected && (!required || nodeSelectorMatches(required, { name: node.metadata.name as string, labels }));
}

interface HostPort {
  ip: string;
  key: string;
}

function portsTaken(view: View, pod: PodObject): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  const others = (view.indexed('core/pods', 'node', pod.spec.nodeName as string) as PodObject[]).filter(
    (other) => other.metadata.uid !== pod.metadata.uid && isAssignedPod(other),
  );
  const taken = others.flatMap(hostPorts);
  return wanted.some((a) => taken.some((b) => a.key === b.key && (a.ip === b.ip || a.ip === ANY || b.ip === ANY)));
}

const ANY = '0.0.0.0';

const hostPorts = ({ spec }: PodObject): HostPort[] =>
  [...spec.containers, ...(spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always')].flatMap(({ ports = [] }) =>
    ports.filter((p) => p.hostPort).map((p) => ({ ip: p.hostIP || ANY, key: `${p.protocol ?? 'TCP'}/${p.hostPort}` })),
  );
