import { rfc1123 } from '../controllers/cronjob/template.ts';
import { chanceSuffix, chanceUuid, chanceUuidStart } from '../core/chance.ts';
import { type Instant, toRfc3339, toRfc3339Micro } from '../core/instant.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { containerId } from '../kubelet/status-containers.ts';
import { tokenVolumeName } from '../machinery/admission/service-account.ts';
import { eventSerial } from '../machinery/recorder.ts';

/** Where a portrait is taken from: everything in it that comes anew every round is told by its distance from here. */
export interface Standpoint {
  at: Instant;
  revision: number;
}

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

/** As distances: two rounds that are alike sound alike. */
export const relative = ({ at, revision }: Standpoint): Voice => ({
  revision: (other) => `~r${other - revision}`,
  minute: (minute) => `~m${minute * 60_000 - at}`,
  instant: (other) => `"~i${other - at}"`,
  timestamp: (other) => `~t${other - at}`,
  uid: (other) => `~u${other - revision}`,
  suffix: (other) => `~n${other - revision}`,
  volume: (other) => `~v${other - revision}`,
  serial: (then, other) => `~s${then - at}/${other - revision}`,
  container: (other, name, attempt) => `~c${other - revision}/${name}/${attempt}`,
});

export const suffixOf = (seed: string, revision: number): string => chanceSuffix(5, seed, 'name', revision, 0);
export const uidStartOf = (seed: string, revision: number): string => chanceUuidStart(seed, 'uid', revision);
export const uidOf = (seed: string, revision: number): string => chanceUuid(seed, 'uid', revision);
export const containerOf = (podUid: string, name: string, attempt: number): string =>
  containerId({ metadata: { uid: podUid } } as PodObject, { name }, { attempt }).slice('containerd://'.length);
/** Named after the owner of the pod. */
export const volumeOf = (seed: string, ownerRevision: number): string => tokenVolumeName(seed, uidOf(seed, ownerRevision));

/** As it will be spelled so much later, so many revisions on. */
export const later = (seed: string, ms: number, revisions: number): Voice => ({
  revision: (revision) => String(revision + revisions),
  minute: (minute) => String(minute + ms / 60_000),
  instant: (at) => String(at + ms),
  timestamp: (at, like) => (like.includes(',') ? rfc1123 : like.includes('.') ? toRfc3339Micro : toRfc3339)(at + ms),
  uid: (revision) => uidOf(seed, revision + revisions),
  suffix: (revision) => suffixOf(seed, revision + revisions),
  volume: (revision) => volumeOf(seed, revision + revisions),
  serial: (at, revision) => eventSerial(at + ms, revision + revisions),
  container: (revision, name, attempt) => containerOf(uidOf(seed, revision + revisions), name, attempt),
});
