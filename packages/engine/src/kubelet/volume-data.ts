import type { Volume, VolumeMount } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import { claimKey } from '../kinds/rules/volume-binding.ts';
import type { FileChange } from '../kinds/shared/program.ts';
import type { EnvSource } from './env.ts';
import type { ContainerState, PodState, Run } from './state.ts';
import { type PodSync, specOf } from './sync.ts';

/** Something that became of a file in a volume. */
export interface Written {
  volume: string;
  path: string;
  at: Instant;
  /** Absent where the file went. */
  text?: string;
  /** The run that did it. */
  by: string;
}

/** What one volume is told of one run, and keeps altogether. */
const WRITES_MAX = 100;
const KEPT_MAX = 200;
const TEXT_MAX = 16_384;

/** What is on a disk outlives the pods that had it: under `disk/<persistent volume>`. */
export const diskKey = (persistentVolume: string): string => `disk/${persistentVolume}`;

export const runId = (podUid: string, container: string, attempt: number): string => `${podUid}/${container}/${attempt}`;

/** Where the data of a volume is kept: with the pod, or with the disk behind its claim; undefined for volumes that nobody writes to. */
function placeOf({ pod, view }: EnvSource, volume: Volume): 'pod' | { disk: string } | undefined {
  if (volume.emptyDir) return 'pod';
  const claim = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral ? `${pod.metadata.name}-${volume.name}` : undefined);
  const disk = claim === undefined ? undefined : view.get(claimKey(pod.metadata.namespace as string, claim))?.spec?.volumeName;
  return disk ? { disk } : undefined;
}

/** All that was and will be written to a volume, in the order of time. */
export function writtenTo(source: EnvSource, volume: Volume): readonly Written[] {
  const place = placeOf(source, volume);
  if (place === undefined) return [];
  if (place === 'pod') return (source.state.written ?? []).filter((w) => w.volume === volume.name);
  return source.view.runtime<Written[]>(diskKey(place.disk)) ?? [];
}

const within = (mount: VolumeMount, path: string): string | undefined => {
  const root = `${mount.mountPath.replace(/\/$/, '')}/`;
  if (!path.startsWith(root)) return undefined;
  return `${mount.subPath ? `${mount.subPath.replace(/\/$/, '')}/` : ''}${path.slice(root.length)}`;
};

/** Takes note of what a run does to its volumes; what it does to files of its own is returned. */
export function noteWrites(sync: PodSync, container: ContainerState, writes: readonly FileChange[]): FileChange[] {
  const run = container.run as Run;
  const { volumeMounts = [] } = specOf(sync, container);
  const by = runId(sync.pod.metadata.uid as string, container.name, run.attempt);
  const own: FileChange[] = [];
  for (const { path, atMs, text } of writes.slice(0, WRITES_MAX)) {
    const mount = volumeMounts.findLast((m) => within(m, path) !== undefined);
    const volume = mount && sync.pod.spec.volumes?.find((v) => v.name === mount.name);
    const place = volume && placeOf(sync, volume);
    if (!mount || !volume || !place) own.push({ path, atMs, ...(text === undefined ? {} : { text }) });
    else if (!mount.readOnly) {
      const written = { volume: volume.name, path: within(mount, path) as string, at: run.startedAt + atMs, by };
      keep(sync, place, { ...written, ...(text === undefined ? {} : { text: text.slice(-TEXT_MAX) }) });
    }
  }
  return own;
}

function keep(sync: PodSync, place: 'pod' | { disk: string }, written: Written): void {
  const add = (known: readonly Written[] = []): Written[] =>
    trimmed(
      [...known, written].sort((a, b) => a.at - b.at),
      sync.now,
    );
  if (place === 'pod') sync.state.written = add(sync.state.written);
  else {
    sync.setRuntime(diskKey(place.disk), add(sync.view.runtime<Written[]>(diskKey(place.disk))));
    sync.state.disks = [...new Set([...(sync.state.disks ?? []), place.disk])];
  }
}

/** Of what is long past only the latest word on each file counts. */
function trimmed(all: Written[], now: Instant): Written[] {
  if (all.length <= KEPT_MAX) return all;
  return all
    .filter((w, i) => w.at > now || !all.slice(i + 1).some((later) => later.at <= now && later.volume === w.volume && later.path === w.path))
    .slice(-KEPT_MAX);
}

/** A run that ends does not do what it would have done. */
export function dropUnwritten(view: View, set: (key: string, value: unknown) => void, state: PodState, by: string, now: Instant): void {
  const happened = (w: Written): boolean => w.at <= now || !w.by.startsWith(by);
  if (state.written?.some((w) => !happened(w))) state.written = state.written.filter(happened);
  for (const disk of state.disks ?? []) {
    const known = view.runtime<Written[]>(diskKey(disk));
    if (known?.some((w) => !happened(w))) set(diskKey(disk), known.filter(happened));
  }
}
