import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import type { SubresourceUpdate } from '../../../machinery/kind.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { ownValue, type Part, sortedKeys } from '../../shared/fields.ts';
import { validatePodAnnotationUpdates } from '../../shared/podspec/annotations.ts';
import { defaultPodSpec } from '../../shared/podspec/defaults.ts';
import { podQosClass } from '../../shared/podspec/qos.ts';
import { isSidecar } from '../../shared/podspec/rules.ts';
import { structDifference } from './difference.ts';
import { validateMetadataAndSpec } from './validate.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const isStatic = (pod: KubeObject): boolean => ownValue(pod.metadata.annotations, MIRROR) !== undefined;
/** Upstream names the whole object by an empty path, which prints like this. */
const WHOLE_OBJECT = '[]';

/** Models podEphemeralContainersStrategy. */
export const ephemeralContainers: SubresourceUpdate<KubeObject> = {
  prepare: (pod, old) => {
    pod.spec = {
      ...old.spec,
      ephemeralContainers: pod.spec?.ephemeralContainers,
    };
    pod.status = old.status;
    defaultPodSpec(pod.spec);
  },
  validate: (pod, old) => {
    if (isStatic(old)) return [forbiddenField(WHOLE_OBJECT, 'static pods do not support ephemeral containers')];
    return [
      ...validateMetadataAndSpec(pod),
      ...validatePodAnnotationUpdates(pod.metadata.annotations, old.metadata.annotations, 'metadata.annotations'),
      ...validateEphemeralKept(pod.spec.ephemeralContainers ?? [], old.spec.ephemeralContainers ?? []),
    ];
  },
};

/** They can be added, and never changed or taken away. */
function validateEphemeralKept(containers: Part[], before: Part[]): FieldError[] {
  const path = 'spec.ephemeralContainers';
  return before.flatMap((old) => {
    const now = containers.find((c) => c.name === old.name);
    if (!now) return [forbiddenField(path, `existing ephemeral containers "${old.name}" may not be removed\n`)];
    if (semanticEqual(now, old)) return [];
    return [
      forbiddenField(
        path,
        `existing ephemeral containers "${old.name}" may not be changed\n${structDifference('core.EphemeralContainer', old, now)}`,
      ),
    ];
  });
}

const RESIZABLE = ['cpu', 'memory'];
const BOTH_LISTS = ['containers', 'initContainers'];

/** Models podResizeStrategy: resources of the pod and its containers and their resize policies, nothing else. */
export const resize: SubresourceUpdate<KubeObject> = {
  prepare: (pod, old) => {
    const spec: Part = { ...old.spec };
    for (const list of BOTH_LISTS) if (old.spec[list]) spec[list] = resizedContainers(pod.spec?.[list], old.spec[list]);
    if (pod.spec?.resources) spec.resources = pod.spec.resources;
    pod.spec = spec;
    pod.status = old.status;
  },
  validate: (pod, old) => {
    if (isStatic(old)) return [forbiddenField(WHOLE_OBJECT, 'static pods cannot be resized')];
    if (old.spec.os?.name === 'windows') return [forbiddenField(WHOLE_OBJECT, 'windows pods cannot be resized')];
    const errors = validateMetadataAndSpec(pod);
    if (podQosClass(pod.spec) !== podQosClass(old.spec)) {
      errors.push(invalid('spec', pod.status?.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing'));
    }
    errors.push(...validateQuantityLists(pod.spec.resources, old.spec.resources, 'spec.resources'));
    for (const list of [...BOTH_LISTS].reverse()) errors.push(...validateResized(pod.spec[list] ?? [], old.spec[list] ?? [], list));
    return errors;
  },
};

function resizedContainers(containers: Part[] | undefined, before: Part[] | undefined): Part[] | undefined {
  return before?.map((old) => {
    const now = containers?.find((c) => c.name === old.name);
    return now
      ? {
          ...old,
          resources: now.resources ?? {},
          ...(now.resizePolicy ? { resizePolicy: now.resizePolicy } : {}),
        }
      : old;
  });
}

function validateResized(containers: Part[], before: Part[], list: string): FieldError[] {
  return before.flatMap((old, i) => {
    const path = `spec.${list}[${i}].resources`;
    const now = containers[i]?.resources;
    if (list === 'initContainers' && !isSidecar(old)) {
      return semanticEqual(now, old.resources) ? [] : [forbiddenField(path, 'only sidecar containers can be resized')];
    }
    return validateQuantityLists(now, old.resources, path);
  });
}

const validateQuantityLists = (now: Part | undefined, before: Part | undefined, path: string): FieldError[] =>
  ['limits', 'requests'].flatMap((kind) => validateQuantities(now?.[kind], before?.[kind], kind, `${path}.${kind}`));

function validateQuantities(
  now: Record<string, string> | undefined,
  before: Record<string, string> | undefined,
  kind: string,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of sortedKeys(before)) {
    if (ownValue(now, name) === undefined && RESIZABLE.includes(name)) errors.push(forbiddenField(path, `resource ${kind} cannot be removed`));
  }
  for (const name of new Set([...sortedKeys(before), ...sortedKeys(now)])) {
    if (!RESIZABLE.includes(name) && ownValue(now, name) !== ownValue(before, name)) {
      errors.push(forbiddenField(path, 'only cpu and memory resources are mutable'));
    }
  }
  return errors;
}
