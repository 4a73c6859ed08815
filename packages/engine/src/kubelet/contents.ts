import type { Instant } from '../core/instant.ts';
import { equalJson } from '../core/json.ts';
import { type ObjectKey, splitKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { Api } from '../machinery/controller.ts';
import { podKeyOf } from './keys.ts';

/** What ConfigMaps and Secrets in volumes have held, under `contents/<key>`: a container that read them once read what was there then. */
export interface Version {
  at: Instant;
  /** Of the object; empty where there is none. */
  resourceVersion: string;
  data: Readonly<Record<string, string>>;
}

const VERSIONS_MAX = 8;
/** Every pod has it, and nobody changes it. */
const ROOT_CA = 'kube-root-ca.crt';

const contentsKey = (object: ObjectKey): string => `contents/${object}`;

export const hasContents = (view: View, object: ObjectKey): boolean => view.runtime(contentsKey(object)) !== undefined;

export const versionsOf = (view: View, object: ObjectKey): readonly Version[] => view.runtime<Version[]>(contentsKey(object)) ?? [];

/** ConfigMaps and Secrets that a pod mounts. */
export function mountedObjects({ metadata, spec }: PodObject): ObjectKey[] {
  const found: ObjectKey[] = [];
  const add = (plural: string, name: string | undefined): void => {
    if (name && name !== ROOT_CA) found.push(`core/${plural}/${metadata.namespace}/${name}`);
  };
  for (const { configMap, secret, projected } of spec.volumes ?? []) {
    if (configMap) add('configmaps', configMap.name);
    if (secret) add('secrets', secret.secretName);
    for (const source of projected?.sources ?? []) {
      if (source.configMap) add('configmaps', source.configMap.name);
      if (source.secret) add('secrets', source.secret.name);
    }
  }
  return found;
}

/** Takes note of an object as it is now, where that is new. */
export function noteContents(view: View, set: Api['setRuntime'], object: ObjectKey): void {
  const known = versionsOf(view, object);
  const current = view.get(object);
  const resourceVersion = current?.metadata.resourceVersion ?? '';
  const last = known.at(-1);
  if (last?.resourceVersion === resourceVersion) return;
  const data = { ...(current?.data as Version['data'] | undefined) };
  if (last && equalJson(last.data, data)) return;
  set(contentsKey(object), [...known, { at: view.now, resourceVersion, data }].slice(-VERSIONS_MAX));
}

/** Only what a kubelet has begun with can have read anything. */
const isOnNode = (view: View, { metadata }: PodObject): boolean => view.runtime(podKeyOf(metadata.uid as string)) !== undefined;

/** An object in volumes has changed or gone; where no pod is left that has it, nothing needs to be known of it. */
export function followContents(view: View, set: Api['setRuntime'], object: ObjectKey): void {
  if (!hasContents(view, object)) return;
  if (view.get(object)) {
    noteContents(view, set, object);
    return;
  }
  const { namespace } = splitKey(object);
  const used = (view.list('core/pods', namespace) as PodObject[]).some((pod) => isOnNode(view, pod) && mountedObjects(pod).includes(object));
  if (!used) set(contentsKey(object), undefined);
}

/** A pod of a namespace is gone, and what only it still had of objects that were gone before. */
export function dropContents(view: View, set: Api['setRuntime'], namespace: string): void {
  for (const plural of ['configmaps', 'secrets']) {
    for (const key of view.runtimeKeys(contentsKey(`core/${plural}/${namespace}/`))) {
      const object = key.slice(contentsKey('').length);
      if (!view.get(object)) followContents(view, set, object);
    }
  }
}
