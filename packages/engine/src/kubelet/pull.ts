import { nextBackoff } from './backoff.ts';
import { imageKey } from './keys.ts';
import type { ContainerState } from './state.ts';
import { type PodSync, specOf } from './sync.ts';
import { goMillis } from './timing.ts';
import { wait } from './wait.ts';

/**
 * Pulls at the longest delay, an hour of them, after which the kubelet waits for the pod to change: what a registry has does not
 * change with time here, so a further pull could only fail the same way.
 */
const PULLS_AT_MAX = 12;

/** Whether the image is there; if not, it is being pulled or the container waits. Models EnsureImageExists in pkg/kubelet/images/image_manager.go. */
export function ensureImage(sync: PodSync, container: ContainerState): boolean {
  const { image = '', imagePullPolicy: policy = 'IfNotPresent' } = specOf(sync, container);
  const answer = sync.images.pull(image);
  if (answer.type === 'invalid')
    return giveUp(sync, container, 'InvalidImageName', 'InspectFailed', `Failed to apply default image tag "${image}": ${answer.message}`);
  const present = answer.type === 'image' && sync.view.runtime(imageKey(sync.node.name, answer.image.name)) !== undefined;
  if (present && policy !== 'Always') {
    sync.event('Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`, container);
    return true;
  }
  if (policy === 'Never') {
    return giveUp(sync, container, 'ErrImageNeverPull', 'ErrImageNeverPull', `Container image "${image}" is not present with pull policy of Never`);
  }
  tellOfSecrets(sync);
  sync.event('Normal', 'Pulling', `Pulling image "${image}"`, container);
  const { timing, node } = sync;
  const pullMs = answer.type === 'image' && !present ? timing.pullMs(node.name, image, answer.image.bytes) : timing.resolveMs(node.name, image);
  Object.assign(container, { step: 'pulling', since: sync.now, due: sync.now + pullMs });
  return false;
}

/** Models getPullSecretsForPod: a pull goes on without the secrets that are not there. */
function tellOfSecrets(sync: PodSync): void {
  const { spec, metadata } = sync.pod;
  const missing = (spec.imagePullSecrets ?? [])
    .map(({ name }) => name ?? '')
    .filter((name) => !sync.view.get(`core/secrets/${metadata.namespace}/${name}`));
  if (missing.length === 0) return;
  const text = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
  sync.event('Warning', 'FailedToRetrieveImagePullSecret', text);
}

/** What cannot get better by waiting: only a change of the pod wakes it. */
function giveUp(sync: PodSync, container: ContainerState, reason: string, eventReason: string, message: string): boolean {
  sync.event('Warning', eventReason, message, container);
  sync.event('Warning', 'Failed', `Error: ${reason}`, container);
  wait(container, reason, message);
  container.tried = specOf(sync, container).image ?? '';
  return false;
}

/** Whether the image is there now. */
export function endPull(sync: PodSync, container: ContainerState): boolean {
  const { image = '' } = specOf(sync, container);
  const answer = sync.images.pull(image);
  if (answer.type !== 'image') return failPull(sync, container, image, answer.message);
  const key = imageKey(sync.node.name, answer.image.name);
  if (sync.view.runtime(key) === undefined) {
    sync.setRuntime(key, { id: answer.image.id, bytes: answer.image.bytes });
    sync.imagesChanged = true;
  }
  delete container.pullBackoff;
  delete container.tried;
  const took = goMillis(sync.now - (container.since ?? sync.now));
  sync.event(
    'Normal',
    'Pulled',
    `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${answer.image.bytes} bytes.`,
    container,
  );
  return true;
}

function failPull(sync: PodSync, container: ContainerState, image: string, error: string): boolean {
  const { pullBackoff } = container;
  sync.event('Warning', 'Failed', `Failed to pull image "${image}": ${error}`, container);
  sync.event('Warning', 'Failed', 'Error: ErrImagePull', container);
  wait(container, 'ErrImagePull', error);
  container.tried = image;
  container.pullBackoff = nextBackoff(pullBackoff, pullBackoff?.updatedAt ?? sync.now, sync.now);
  container.due = sync.now + sync.timing.resyncMs();
  return false;
}

/** ErrImagePull turns into ImagePullBackOff when the pod is next looked at. */
export function beginPullBackoff(sync: PodSync, container: ContainerState): boolean {
  if (container.reason !== 'ErrImagePull' || !container.pullBackoff) return false;
  const { image = '' } = specOf(sync, container);
  const { delayMs, updatedAt } = container.pullBackoff;
  const backOff = `Back-off pulling image "${image}"`;
  sync.event('Normal', 'BackOff', backOff, container);
  sync.event('Warning', 'Failed', 'Error: ImagePullBackOff', container);
  wait(container, 'ImagePullBackOff', `${backOff}: ErrImagePull: ${container.message}`);
  if (container.pullBackoff.atMax < PULLS_AT_MAX) container.due = updatedAt + delayMs;
  return true;
}
