import type { Container, DownwardAPIVolumeFile, Volume } from '@vivakube/schema/types/core.v1';
import { fromBase64 } from '../kinds/core/base64.ts';
import { type EnvSource, fieldValue } from './env.ts';
import { resourceValue } from './resource-field.ts';

interface Item {
  key: string;
  path: string;
}

/** Texts that a container finds in its volumes, by path. Models what pkg/volume/{configmap,secret,downwardapi,projected} write. */
export function mountedFiles(source: EnvSource, spec: Container): Map<string, string> {
  const files = new Map<string, string>();
  for (const mount of spec.volumeMounts ?? []) {
    const volume = source.pod.spec.volumes?.find((v) => v.name === mount.name);
    if (!volume) continue;
    const directory = mount.mountPath.replace(/\/$/, '');
    for (const [path, text] of filesOf(source, volume)) {
      if (!mount.subPath) files.set(`${directory}/${path}`, text);
      else if (path === mount.subPath) files.set(directory, text);
    }
  }
  return files;
}

function filesOf(source: EnvSource, volume: Volume): [path: string, text: string][] {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return dataFiles(source, 'configmaps', configMap.name, configMap.items);
  if (secret) return dataFiles(source, 'secrets', secret.secretName, secret.items);
  if (downwardAPI) return fieldFiles(source, downwardAPI.items);
  return (projected?.sources ?? []).flatMap((part) => {
    if (part.configMap) return dataFiles(source, 'configmaps', part.configMap.name, part.configMap.items);
    if (part.secret) return dataFiles(source, 'secrets', part.secret.name, part.secret.items);
    return part.downwardAPI ? fieldFiles(source, part.downwardAPI.items) : [];
  });
}

function dataFiles(
  { view, pod }: EnvSource,
  plural: 'configmaps' | 'secrets',
  name: string | undefined,
  items: readonly Item[] | undefined,
): [string, string][] {
  const object = name ? view.get(`core/${plural}/${pod.metadata.namespace}/${name}`) : undefined;
  const data = (object?.data ?? {}) as Record<string, string>;
  const text = (key: string): string => (plural === 'secrets' ? new TextDecoder().decode(fromBase64(data[key] as string)) : (data[key] as string));
  const wanted = items?.length ? items : Object.keys(data).map((key) => ({ key, path: key }));
  return wanted.filter(({ key }) => Object.hasOwn(data, key)).map(({ key, path }) => [path, text(key)]);
}

function fieldFiles(source: EnvSource, items: readonly DownwardAPIVolumeFile[] = []): [string, string][] {
  return items.map(({ path, fieldRef, resourceFieldRef }) => [
    path,
    resourceFieldRef ? resourceValue(source, resourceFieldRef) : fieldValue(source, fieldRef?.fieldPath ?? ''),
  ]);
}
