import type { PodObject } from '../../kinds/shared/pod.ts';
import { containersOf } from '../../kubelet/start-state.ts';
import { badRequest } from '../../machinery/status.ts';

/** Which container somebody means. Models validateContainer in pkg/registry/core/pod/strategy.go. */
export function containerName(pod: PodObject, asked: string | undefined): string {
  const { metadata, spec } = pod;
  const names = [...containersOf(pod).keys()];
  if (asked) {
    if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
    return asked;
  }
  if (spec.containers.length === 1) return (spec.containers[0] as { name: string }).name;
  throw badRequest(`a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]`);
}
