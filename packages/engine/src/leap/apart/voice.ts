import { rfc1123 } from '../../controllers/cronjob/template.ts';
import { chanceSuffix, chanceUuid } from '../../core/chance.ts';
import { type Instant, toRfc3339, toRfc3339Micro } from '../../core/instant.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { containerId } from '../../kubelet/status-containers.ts';
import { tokenVolumeName } from '../../machinery/admission/service-account.ts';
import { eventSerial } from '../../machinery/recorder.ts';

/** How what an instant or a revision decides is spelled out. */
export interface Voice {
  revision(revision: number): string;
  minute(minute: number): string;
  instant(at: Instant): string;
  /** RFC 3339 with or without a fraction, or RFC 1123. */
  timestamp(at: Instant, like: string): string;
  uid(revision: number): string;
  suffix(revision: number): string;
  volume(revision: number): string;
  serial(at: Instant, revision: number): string;
  container(revision: number, name: string, attempt: number): string;
}

/** How far off an instant is. */
const distance = (at: Instant, from: Instant): string => `${at - from}`;

/** As distances from an instant: two rounds that are alike sound alike. A revision is told by the instant that it is of, and its place in it. */
export const relative = (at: Instant, placeOf: (revision: number) => string): Voice => ({
  revision: (other) => `~r${placeOf(other)}`,
  minute: (minute) => `~m${distance(minute * 60_000, at)}`,
  instant: (other) => `"~i${distance(other, at)}"`,
  timestamp: (other) => `~t${distance(other, at)}`,
  uid: (other) => `~u${placeOf(other)}`,
  suffix: (other) => `~n${placeOf(other)}`,
  volume: (other) => `~v${placeOf(other)}`,
  serial: (then, other) => `~s${distance(then, at)}/${placeOf(other)}`,
  container: (other, name, attempt) => `~c${placeOf(other)}/${name}/${attempt}`,
});

export const suffixOf = (seed: string, revision: number): string => chanceSuffix(5, seed, 'name', revision, 0);
export const uidOf = (seed: string, revision: number): string => chanceUuid(seed, 'uid', revision);
export const containerOf = (podUid: string, name: string, attempt: number): string =>
  containerId({ metadata: { uid: podUid } } as PodObject, { name }, { attempt }).slice('containerd://'.length);
/** Named after the owner of the pod. */
export const volumeOf = (seed: string, ownerRevision: number): string => tokenVolumeName(seed, uidOf(seed, ownerRevision));

/** As it will be spelled so much later, under the revisions of then. */
export const later = (seed: string, ms: number, moved: (revision: number) => number): Voice => ({
  revision: (revision) => String(moved(revision)),
  minute: (minute) => String(minute + ms / 60_000),
  instant: (at) => String(at + ms),
  timestamp: (at, like) => (like.includes(',') ? rfc1123 : like.includes('.') ? toRfc3339Micro : toRfc3339)(at + ms),
  uid: (revision) => uidOf(seed, moved(revision)),
  suffix: (revision) => suffixOf(seed, moved(revision)),
  volume: (revision) => volumeOf(seed, moved(revision)),
  serial: (at, revision) => eventSerial(at + ms, moved(revision)),
  container: (revision, name, attempt) => containerOf(uidOf(seed, moved(revision)), name, attempt),
});
