import type { KubeObject } from '../../../core/object.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';

interface Resources {
  requests?: Record<string, string>;
  limits?: Record<string, string>;
}

/** What a container leaves open is filled in. Models mergePodResourceRequirements in plugin/pkg/admission/limitranger. */
export function setPodDefaults(pod: KubeObject, range: KubeObject): void {
  const item = (range.spec?.limits ?? []).filter((limit: KubeObject['spec']) => limit.type === 'Container');
  const limits = Object.assign(Object.create(null), ...item.map((limit: KubeObject['spec']) => limit.default ?? {})) as Record<string, string>;
  const requests = Object.assign(Object.create(null), ...item.map((limit: KubeObject['spec']) => limit.defaultRequest ?? {})) as Record<
    string,
    string
  >;
  const notes = [
    ...(pod.spec.containers ?? []).flatMap((container: KubeObject['spec']) => fill(container, 'container', requests, limits)),
    ...(pod.spec.initContainers ?? []).flatMap((container: KubeObject['spec']) => fill(container, 'init container', requests, limits)),
  ];
  if (notes.length > 0) pod.metadata.annotations = { ...pod.metadata.annotations, [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}` };
}

function fill(container: KubeObject['spec'], what: string, requests: Record<string, string>, limits: Record<string, string>): string[] {
  const resources: Resources = container.resources ?? {};
  const added = (field: keyof Resources, wanted: Record<string, string>): string[] => {
    const missing = Object.keys(wanted).filter((name) => !Object.hasOwn(resources[field] ?? {}, name));
    if (missing.length > 0) resources[field] = { ...resources[field], ...Object.fromEntries(missing.map((name) => [name, wanted[name] as string])) };
    return missing.sort();
  };
  const [limited, requested] = [added('limits', limits), added('requests', requests)];
  if (limited.length + requested.length > 0) container.resources = resources;
  return [
    ...(requested.length > 0 ? [`${requested.join(', ')} request for ${what} ${container.name}`] : []),
    ...(limited.length > 0 ? [`${limited.join(', ')} limit for ${what} ${container.name}`] : []),
  ];
}
