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
    ...validateSupport(old),
    ...validatePodLevel(pod.spec, old.spec),
    ...initContainers.flatMap((c, i) => validateKept(pod.spec.initContainers[i], c, `spec.initContainers[${i}].resources`)),
    ...containers.flatMap((c, i) => validateKept(pod.spec.containers[i], c, `spec.containers[${i}].resources`)),
    ...containers.flatMap((c, i) => forbidOthers(pod.spec.containers[i], c, 'spec', 'only cpu and memory resources are mutable')),
    ...initContainers.flatMap((c, i) => validateInit(pod.spec.initContainers[i], c, `spec.initContainers[${i}]`)),
  ];
}

const validateQos = (pod: KubeObject, old: KubeObject): FieldError[] =>
  podQosClass(pod.spec) === podQosClass(old.spec)
    ? []
    : [invalid('spec', pod.status?.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing')];

/** A node that knows of resizing says what its containers have. */
function validateSupport({ status }: KubeObject): FieldError[] {
  const running = (status?.containerStatuses ?? []).find(({ state }: Part) => state?.running);
  return running === undefined || running.resources ? [] : [forbiddenField('spec', 'Pod running on node without support for resize')];
}

/** What was asked for can be changed, but not taken back. */
const validateKept = (now: Part | undefined, before: Part, path: string, level = ''): FieldError[] =>
  QUANTITY_LISTS.filter((list) =>
    Object.keys(before.resources?.[list] ?? {}).some((name) => ownValue(now?.resources?.[list], name) === undefined),
  ).map((list) => forbiddenField(`${path}.${list}`, `${level}resource ${list} cannot be removed`));

/** Models validatePodLevelResourcesResize. */
function validatePodLevel(spec: Part, before: Part): FieldError[] {
  const why = 'only cpu and memory resources are mutable at pod-level';
  return [
    ...validateKept(spec, before, 'spec.resources', 'pod-level '),
    ...(semanticEqual(othersOf(spec), othersOf(before)) ? [] : [forbiddenField('spec', why)]),
  ];
}

/** Requests and limits with cpu and memory left aside. */
const othersOf = ({ resources }: Part): Part[] =>
  QUANTITY_LISTS.map((list) =>
    Object.entries(resources?.[list] ?? {})
      .filter(([name]) => !RESIZABLE.includes(name))
      .sort(),
  );

/** Nothing of a container but its cpu and memory may change; one with claims cannot be resized at all. */
function forbidOthers(now: Part, before: Part, path: string, why: string): FieldError[] {
  const same = semanticEqual(othersOf(now), othersOf(before)) && semanticEqual(now.resizePolicy, before.resizePolicy);
  return same && !before.resources?.claims?.length ? [] : [forbiddenField(path, why)];
}

const RESTARTED = 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized';

function validateInit(now: Part, before: Part, path: string): FieldError[] {
  const errors = forbidOthers(now, before, path, 'only cpu and memory resources for init or sidecar containers are mutable');
  if (isSidecar(before) || semanticEqual(now, before)) return errors;
  const restarted = ((now.resizePolicy ?? []) as Part[]).filter(({ restartPolicy }) => restartPolicy === 'RestartContainer');
  return [...errors, ...restarted.map(() => forbiddenField(path, RESTARTED))];
}
