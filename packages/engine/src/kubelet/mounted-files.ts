import type { Container, DownwardAPIVolumeFile, Volume, VolumeMount } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import { fromBase64 } from '../kinds/core/base64.ts';
import type { FileChange } from '../kinds/shared/program.ts';
import { type Version, versionsOf } from './contents.ts';
import { type EnvSource, fieldValue } from './env.ts';
import { resourceValue } from './resource-field.ts';
import type { Run } from './state.ts';
import { runId, type Written, writtenTo } from './volume-data.ts';

/** A kubelet brings the volumes of a pod up to date when it looks after the pod anyway. */
const REFRESH_MS = 10_000;

interface Item {
  key: string;
  path: string;
}

/** Texts that a container finds in its volumes, by path. */
export interface Mounted {
  files: Map<string, string>;
  changes: FileChange[];
}

type Texts = ReadonlyMap<string, string>;

/** What a volume holds from an instant on. */
interface Stage {
  at: Instant;
  texts: Texts;
}

/** Models what pkg/volume/{configmap,secret,downwardapi,projected} write, and when. */
export function mountedFiles(source: EnvSource, spec: Container, run: Run): Mounted {
  const mounted: Mounted = { files: new Map(), changes: [] };
  for (const mount of spec.volumeMounts ?? []) {
    const volume = source.pod.spec.volumes?.find((v) => v.name === mount.name);
    if (!volume) continue;
    const by = runId(source.pod.metadata.uid as string, spec.name, run.attempt);
    const pathOf = pathIn(mount);
    const stages = stagesOf(source, volume, run.startedAt, by);
    addTexts(mounted.files, stages[0]?.texts ?? new Map(), pathOf);
    // A file that is mounted by itself stays what it was.
    if (!mount.subPath || isWritable(volume)) mounted.changes.push(...changesOf(stages, run.startedAt, pathOf));
  }
  mounted.changes.push(...(run.files ?? []));
  mounted.changes.sort((a, b) => a.atMs - b.atMs);
  return mounted;
}

const isWritable = (volume: Volume): boolean => Boolean(volume.emptyDir || volume.persistentVolumeClaim || volume.ephemeral);

type PathOf = (path: string) => string | undefined;

/** Where a file of a volume is found in the container; a sub path shows one file or one directory of it. */
function pathIn({ mountPath, subPath }: VolumeMount): PathOf {
  const directory = mountPath.replace(/\/$/, '');
  if (!subPath) return (path) => `${directory}/${path}`;
  const part = subPath.replace(/\/$/, '');
  return (path) => (path === part ? directory : path.startsWith(`${part}/`) ? `${directory}${path.slice(part.length)}` : undefined);
}

function addTexts(files: Map<string, string>, texts: Texts, pathOf: PathOf): void {
  for (const [path, text] of texts) {
    const at = pathOf(path);
    if (at !== undefined) files.set(at, text);
  }
}

function changesOf(stages: readonly Stage[], startedAt: Instant, pathOf: PathOf): FileChange[] {
  return stages.slice(1).flatMap(({ at, texts }, i) => {
    const before = (stages[i] as Stage).texts;
    const atMs = at - startedAt;
    const changed = [...texts].filter(([path, text]) => before.get(path) !== text).map(([path, text]) => ({ path: pathOf(path), atMs, text }));
    const gone = [...before.keys()].filter((path) => !texts.has(path)).map((path) => ({ path: pathOf(path), atMs }));
    return [...changed, ...gone].filter((change): change is FileChange => change.path !== undefined);
  });
}

/** The course of a volume during a run: first what is there at its start. */
function stagesOf(source: EnvSource, volume: Volume, startedAt: Instant, by: string): Stage[] {
  const others = writtenTo(source, volume).filter((w) => w.by !== by);
  const instants = new Set([startedAt]);
  for (const { at } of changesOfSources(source, volume)) if (at > startedAt) instants.add(seenAt(source, at));
  for (const { at } of others) if (at > startedAt) instants.add(at);
  return [...instants].sort((a, b) => a - b).map((at) => ({ at, texts: textsAt(source, volume, at, others) }));
}

/** When a kubelet has written down what changed at an instant. */
function seenAt({ state, view }: EnvSource, at: Instant): Instant {
  if (view.settings.timing === 'instant') return at;
  return state.admittedAt + Math.ceil((at - state.admittedAt) / REFRESH_MS) * REFRESH_MS;
}

function changesOfSources(source: EnvSource, { configMap, secret, downwardAPI, projected }: Volume): { at: Instant }[] {
  const { namespace } = source.pod.metadata;
  const versions = (plural: string, name: string | undefined) => versionsOf(source.view, `core/${plural}/${namespace}/${name}`);
  const own = source.state.metadata ?? [];
  return [
    ...(configMap ? versions('configmaps', configMap.name) : []),
    ...(secret ? versions('secrets', secret.secretName) : []),
    ...(downwardAPI ? own : []),
    ...(projected?.sources ?? []).flatMap((part) => [
      ...(part.configMap ? versions('configmaps', part.configMap.name) : []),
      ...(part.secret ? versions('secrets', part.secret.name) : []),
      ...(part.downwardAPI ? own : []),
    ]),
  ];
}

function textsAt(source: EnvSource, { configMap, secret, downwardAPI, projected }: Volume, at: Instant, written: readonly Written[]): Texts {
  if (written.length > 0) return writtenTexts(written, at);
  if (configMap) return new Map(dataFiles(source, 'configmaps', configMap.name, configMap.items, at));
  if (secret) return new Map(dataFiles(source, 'secrets', secret.secretName, secret.items, at));
  if (downwardAPI) return new Map(fieldFiles(source, downwardAPI.items, at));
  return new Map(
    (projected?.sources ?? []).flatMap((part) => {
      if (part.configMap) return dataFiles(source, 'configmaps', part.configMap.name, part.configMap.items, at);
      if (part.secret) return dataFiles(source, 'secrets', part.secret.name, part.secret.items, at);
      return part.downwardAPI ? fieldFiles(source, part.downwardAPI.items, at) : [];
    }),
  );
}

function writtenTexts(written: readonly Written[], at: Instant): Texts {
  const texts = new Map<string, string>();
  for (const w of written) {
    if (w.at > at) break;
    if (w.text === undefined) texts.delete(w.path);
    else texts.set(w.path, w.text);
  }
  return texts;
}

const latest = <T extends { at: Instant }>(versions: readonly T[], at: Instant): T | undefined => versions.findLast((v) => v.at <= at) ?? versions[0];

function dataFiles(
  { view, pod }: EnvSource,
  plural: 'configmaps' | 'secrets',
  name: string | undefined,
  items: readonly Item[] | undefined,
  at: Instant,
): [string, string][] {
  const key = `core/${plural}/${pod.metadata.namespace}/${name}`;
  const version: Version | undefined = latest(versionsOf(view, key), at);
  const data = version?.data ?? ((view.get(key)?.data ?? {}) as Record<string, string>);
  const text = (field: string): string =>
    plural === 'secrets' ? new TextDecoder().decode(fromBase64(data[field] as string)) : (data[field] as string);
  const wanted = items?.length ? items : Object.keys(data).map((field) => ({ key: field, path: field }));
  return wanted.filter((item) => Object.hasOwn(data, item.key)).map((item) => [item.path, text(item.key)]);
}

function fieldFiles(source: EnvSource, items: readonly DownwardAPIVolumeFile[] = [], at: Instant): [string, string][] {
  const was = latest(source.state.metadata ?? [], at);
  const pod = was ? { ...source.pod, metadata: { ...source.pod.metadata, labels: was.labels, annotations: was.annotations } } : source.pod;
  return items.map(({ path, fieldRef, resourceFieldRef }) => [
    path,
    resourceFieldRef ? resourceValue(source, resourceFieldRef) : fieldValue({ ...source, pod } as EnvSource, fieldRef?.fieldPath ?? ''),
  ]);
}
