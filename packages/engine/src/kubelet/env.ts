import type { Container, EnvVar } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import { fromBase64 } from '../kinds/core/base64.ts';
import { goQuote } from '../machinery/field.ts';
import { fileVariable } from './env-file.ts';
import { resourceValue } from './resource-field.ts';
import { serviceVariables } from './service-env.ts';
import type { PodSync } from './sync.ts';

export type Variable = readonly [name: string, value: string];

/** What an environment is made of. */
export type EnvSource = Pick<PodSync, 'pod' | 'view' | 'node' | 'state' | 'await'>;

export interface Env {
  values: ReadonlyMap<string, string>;
  /** Why the container cannot be created. */
  problem?: string;
}

/**
 * The environment of a container that is created at an instant. Models makeEnvironmentVariables in pkg/kubelet/kubelet_pods.go.
 * Later variables win over earlier ones, and all of them over those of services.
 */
export function describeEnv(sync: EnvSource, spec: Container, at: Instant, kept?: readonly Variable[]): Env {
  const values = serviceVariables(sync.view, sync.pod, at);
  values.set('HOSTNAME', sync.pod.spec.hostname || (sync.pod.metadata.name ?? ''));
  if (kept) {
    for (const [name, value] of kept) values.set(name, value);
    return { values };
  }
  for (const source of spec.envFrom ?? []) {
    const problem = addAll(sync, values, source);
    if (problem) return { values, problem };
  }
  for (const variable of spec.env ?? []) {
    const { value, problem } = variableValue(sync, spec, variable, values, at);
    if (problem) return { values, problem };
    if (value !== undefined) values.set(variable.name, value);
  }
  return { values };
}

/** Whether some variables are not written in the spec. */
export const readsObjects = ({ env, envFrom }: Container): boolean => Boolean(envFrom?.length) || (env?.some(({ valueFrom }) => valueFrom) ?? false);

/** Objects change; a container keeps the variables that it was created with. */
export function variablesToKeep(sync: EnvSource, spec: Container, at: Instant): Variable[] | undefined {
  if (!readsObjects(spec)) return undefined;
  const before = serviceVariables(sync.view, sync.pod, at);
  return [...describeEnv(sync, spec, at).values].filter(([name, value]) => before.get(name) !== value);
}

function addAll(sync: EnvSource, values: Map<string, string>, source: NonNullable<Container['envFrom']>[number]): string | undefined {
  const [plural, ref] = source.configMapRef ? (['configmaps', source.configMapRef] as const) : (['secrets', source.secretRef] as const);
  if (!ref?.name) return undefined;
  const found = lookUp(sync, plural, ref.name);
  if (!found) return ref.optional ? undefined : missing(sync, plural, ref.name);
  const data = dataOf(plural, found);
  for (const key of Object.keys(data)) values.set(`${source.prefix ?? ''}${key}`, data[key] as string);
  return undefined;
}

function variableValue(
  sync: EnvSource,
  spec: Container,
  variable: EnvVar,
  known: ReadonlyMap<string, string>,
  at: Instant,
): { value?: string; problem?: string } {
  const from = variable.valueFrom;
  if (!from) return { value: expand(variable.value ?? '', known) };
  if (from.fieldRef) return { value: fieldValue(sync, from.fieldRef.fieldPath) };
  if (from.resourceFieldRef) return { value: resourceValue(sync, from.resourceFieldRef, spec.name) };
  if (from.fileKeyRef) return fileVariable(sync, from.fileKeyRef, at);
  const [plural, ref] = from.configMapKeyRef ? (['configmaps', from.configMapKeyRef] as const) : (['secrets', from.secretKeyRef] as const);
  if (!ref?.name) return {};
  const found = lookUp(sync, plural, ref.name);
  if (!found) return ref.optional ? {} : { problem: missing(sync, plural, ref.name) };
  const data = dataOf(plural, found);
  if (Object.hasOwn(data, ref.key)) return { value: data[ref.key] as string };
  if (ref.optional) return {};
  sync.await(`core/${plural}/${sync.pod.metadata.namespace}/${ref.name}`);
  return { problem: `couldn't find key ${ref.key} in ${plural === 'secrets' ? 'Secret' : 'ConfigMap'} ${sync.pod.metadata.namespace}/${ref.name}` };
}

type Plural = 'configmaps' | 'secrets';

const lookUp = (sync: EnvSource, plural: Plural, name: string): KubeObject | undefined =>
  sync.view.get(`core/${plural}/${sync.pod.metadata.namespace}/${name}`);

function missing(sync: EnvSource, plural: Plural, name: string): string {
  sync.await(`core/${plural}/${sync.pod.metadata.namespace}/${name}`);
  return `${plural === 'secrets' ? 'secret' : 'configmap'} "${name}" not found`;
}

function dataOf(plural: Plural, object: KubeObject): Record<string, string> {
  const data = (object.data ?? {}) as Record<string, string>;
  if (plural === 'configmaps') return data;
  return Object.fromEntries(Object.keys(data).map((key) => [key, new TextDecoder().decode(fromBase64(data[key] as string))]));
}

export function fieldValue({ pod, node, state }: EnvSource, path: string): string {
  const { metadata, spec } = pod;
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) {
    const map = metadata[keyed[1] as 'labels' | 'annotations'] ?? {};
    return Object.hasOwn(map, keyed[2] as string) ? (map[keyed[2] as string] as string) : '';
  }
  switch (path) {
    case 'metadata.name':
      return metadata.name ?? '';
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'spec.nodeName':
      return node.name;
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return node.address;
    case 'status.podIP':
    case 'status.podIPs':
      return state.address ?? '';
    default:
      return /^metadata\.(labels|annotations)$/.test(path) ? lines(path === 'metadata.labels' ? metadata.labels : metadata.annotations) : '';
  }
}

/** As the downward API writes a map into a file. */
const lines = (map: Record<string, string> = {}): string =>
  Object.keys(map)
    .sort()
    .map((key) => `${key}=${goQuote(map[key] as string)}`)
    .join('\n');

/** `$(NAME)` of variables named before; `$$(NAME)` stays. Models third_party/forked/golang/expansion. */
export const expand = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(/\$(\$|\(([^)]*)\))/g, (whole, escaped: string, name: string) => (escaped === '$' ? '$' : (known.get(name) ?? whole)));
