import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import type { SubresourceUpdate } from '../../../machinery/kind.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { ownValue, type Part } from '../../shared/fields.ts';
import { podQosClass } from '../../shared/podspec/qos.ts';
import { isSidecar } from '../../shared/podspec/rules.ts';
import { MIRROR_ANNOTATION, WHOLE_OBJECT } from './static.ts';
import { validateMetadataAndSpec } from './validate.ts';

const RESIZABLE = ['cpu', 'memory'];
const QUANTITY_LISTS = ['requests', 'limits'];

/** Models podResizeStrategy: resources of the pod and its containers and their resize policies, nothing else. */
export const resize: SubresourceUpdate<KubeObject> = {
  prepare: (pod, old) => {
    const asked: Part = pod.spec ?? {};
    const spec: Part = { ...old.spec };
    for (const list of ['containers', 'initContainers']) if (old.spec[list]) spec[list] = resizedContainers(asked[list], old.spec[list]);
    if (asked.resources) spec.resources = asked.resources;
    pod.spec = spec;
    pod.status = old.status;
  },
  validate,
};

function resizedContainers(containers: Part[] | undefined, before: Part[]): Part[] {
  return before.map((old) => {
    const now = containers?.find((c) => c.name === old.name);
    return now ? { ...old, resources: now.resources ?? {}, ...(now.resizePolicy ? { resizePolicy: now.resizePolicy } : {}) } : old;
  });
}

/** Models ValidatePodResize. */
function validate(pod: KubeObject, old: KubeObject): FieldError[] {
  if (ownValue(old.metadata.annotations, MIRROR_ANNOTATION) !== undefined) return [forbiddenField(WHOLE_OBJECT, 'static pods cannot be resized')];
  if (old.spec.os?.name === 'windows') return [forbiddenField(WHOLE_OBJECT, 'windows pods cannot be resized')];
  const containers: Part[] = old.spec.containers;
  const initContainers: Part[] = old.spec.initContainers ?? [];
  return [
    ...validateMetadataAndSpec(pod),
    ...validateQos(pod, old),
    ...validateKept(pod.spec, old.spec, 'spec.resources'),
    ...initContainers.flatMap((c, i) => (isSidecar(c) ? validateKept(pod.spec.initContainers[i], c, `spec.initContainers[${i}].resources`) : [])),
    ...containers.flatMap((c, i) => validateKept(pod.spec.containers[i], c, `spec.containers[${i}].resources`)),
    ...containers.flatMap((c, i) => forbidOthers(pod.spec.containers[i], c, 'only cpu and memory resources are mutable')),
    ...initContainers.flatMap((c, i) => validateInit(pod.spec.initContainers[i], c)),
  ];
}

const validateQos = (pod: KubeObject, old: KubeObject): FieldError[] =>
  podQosClass(pod.spec) === podQosClass(old.spec)
    ? []
    : [invalid('spec', pod.status?.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing')];

/** What was asked for can be changed, but not taken back. */
const validateKept = (now: Part | undefined, before: Part, path: string): FieldError[] =>
  QUANTITY_LISTS.filter((list) =>
    Object.keys(before.resources?.[list] ?? {}).some((name) => ownValue(now?.resources?.[list], name) === undefined),
  ).map((list) => forbiddenField(`${path}.${list}`, `resource ${list} cannot be removed`));

/** With cpu and memory left aside, the resources must be what they were. */
function forbidOthers(now: Part, before: Part, why: string): FieldError[] {
  const others = (container: Part) =>
    QUANTITY_LISTS.map((list) =>
      Object.entries(container.resources?.[list] ?? {})
        .filter(([name]) => !RESIZABLE.includes(name))
        .sort(),
    );
  const same = semanticEqual(others(now), others(before)) && semanticEqual(now.resources?.claims, before.resources?.claims);
  return same ? [] : [forbiddenField('spec', why)];
}

function validateInit(now: Part, before: Part): FieldError[] {
  if (isSidecar(before)) return forbidOthers(now, before, 'only cpu and memory resources for sidecar containers are mutable');
  return semanticEqual(now, before) ? [] : [forbiddenField('spec', 'resources for non-sidecar init containers are immutable')];
}
