import type { Volume } from '@vivakube/schema/types/core.v1';
import { equalJson } from '../core/json.ts';
import { allocate } from './resize.ts';
import { configProblem } from './start.ts';
import { addEphemeral } from './start-state.ts';
import type { ContainerState } from './state.ts';
import { stopContainer } from './stop.ts';
import { type PodSync, specOf } from './sync.ts';

/** What a change from outside sets free or takes back: another image, a ConfigMap that is there now. */
export function reactToSpec(sync: PodSync): void {
  addEphemeral(sync.state, sync.pod, sync.now);
  allocate(sync);
  noteMetadata(sync);
  for (const container of sync.state.containers) {
    const spec = specOf(sync, container);
    if (container.step === 'running') restartForImage(sync, container, spec.image ?? '');
    else if (container.reason === 'CreateContainerConfigError') lookAgain(sync, container, configProblem(sync, container));
    else if (container.tried !== undefined && container.tried !== spec.image) retryNow(sync, container);
  }
}

function lookAgain(sync: PodSync, container: ContainerState, problem: string | undefined): void {
  if (problem === undefined) {
    retryNow(sync, container);
  } else if (problem !== container.message) {
    sync.event('Warning', 'Failed', `Error: ${problem}`, container);
    container.message = problem;
  }
}

function retryNow(sync: PodSync, container: ContainerState): void {
  delete container.pullBackoff;
  delete container.tried;
  delete container.reason;
  delete container.message;
  container.due = sync.now;
}

/** Models the image check of computePodActions: a running container of another image is replaced. */
function restartForImage(sync: PodSync, container: ContainerState, image: string): void {
  if (container.image?.written === image || isSame(sync, container, image) || container.kill || sync.state.stopping) return;
  const graceMs = (sync.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  stopContainer(sync, container, sync.now + graceMs, `Container ${container.name} definition changed, will be restarted`);
}

/** Another way to write the same. */
function isSame(sync: PodSync, container: ContainerState, image: string): boolean {
  const answer = sync.images.pull(image);
  return answer.type === 'image' && answer.image.name === container.image?.name;
}

const METADATA_MAX = 8;

/** A volume of the downward API shows what labels and annotations have become. */
function noteMetadata({ pod, state, now }: PodSync): void {
  if (!pod.spec.volumes?.some(showsMetadata)) return;
  const { labels = {}, annotations = {} } = pod.metadata;
  const known = state.metadata ?? [];
  const last = known.at(-1);
  if (last && equalJson(last.labels, labels) && equalJson(last.annotations, annotations)) return;
  state.metadata = [...known, { at: now, labels, annotations }].slice(-METADATA_MAX);
}

function showsMetadata({ downwardAPI, projected }: Volume): boolean {
  const items = [...(downwardAPI?.items ?? []), ...(projected?.sources ?? []).flatMap((source) => source.downwardAPI?.items ?? [])];
  return items.some(({ fieldRef }) => /^metadata\.(labels|annotations)/.test(fieldRef?.fieldPath ?? ''));
}
