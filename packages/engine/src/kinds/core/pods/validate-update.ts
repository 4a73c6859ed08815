import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { goDiff } from '../../shared/go/diff.ts';
import { validatePodAnnotationUpdates } from '../../shared/podspec/annotations.ts';
import { validateImageTrimmed } from '../../shared/podspec/containers.ts';
import { validateTolerations } from '../../shared/podspec/scheduling.ts';
import { inclusiveRangeError } from '../../shared/text.ts';
import { validateGatedChanges } from './gated.ts';
import { validateMetadataAndSpec } from './validate.ts';

const INT32_MAX = 2_147_483_647;
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** Models ValidatePodUpdate: a running pod can change little. */
export function validateUpdate(pod: KubeObject, old: KubeObject): FieldError[] {
  const errors = [
    ...validateMetadataAndSpec(pod),
    ...validatePodAnnotationUpdates(pod.metadata.annotations, old.metadata.annotations, 'metadata.annotations'),
  ];
  for (const list of ['containers', 'initContainers']) {
    const after: Part[] = pod.spec[list] ?? [];
    if (after.length !== (old.spec[list] ?? []).length) {
      return [...errors, forbiddenField(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
    errors.push(...after.flatMap((c, i) => validateImage(c, `spec.${list}[${i}]`)));
  }
  const deadline = validateDeadline(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(...validateAddedTolerations(pod.spec.tolerations ?? [], old.spec.tolerations ?? []));
  errors.push(...validateRemovedGates(pod.spec.schedulingGates ?? [], old.spec.schedulingGates ?? []));
  return [...errors, ...validateRest(pod.spec, old.spec)];
}

const validateImage = (container: Part, path: string): FieldError[] => [
  ...(container.image ? [] : [required(`${path}.image`)]),
  ...validateImageTrimmed(container, path),
];

/** It may be set, and then only come nearer. */
function validateDeadline(seconds: number | undefined, before: number | undefined): { errors: FieldError[]; stop: boolean } {
  const path = 'spec.activeDeadlineSeconds';
  if (seconds === undefined) {
    return {
      errors: before === undefined ? [] : [invalid(path, null, 'must not update from a positive integer to nil value')],
      stop: false,
    };
  }
  if (seconds < 0 || seconds > INT32_MAX)
    return {
      errors: [invalid(path, seconds, inclusiveRangeError(0, INT32_MAX))],
      stop: true,
    };
  if (before !== undefined && before < seconds)
    return {
      errors: [invalid(path, seconds, 'must be less than or equal to previous value')],
      stop: true,
    };
  return { errors: [], stop: false };
}

function validateAddedTolerations(tolerations: Part[], before: Part[]): FieldError[] {
  const without = ({ tolerationSeconds: _, ...rest }: Part) => rest;
  const kept = before.every((b) => tolerations.some((t) => semanticEqual(without(t), without(b))));
  if (!kept) return [forbiddenField('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
  return validateTolerations(tolerations, 'spec.tolerations');
}

function validateRemovedGates(gates: Part[], before: Part[]): FieldError[] {
  return gates.flatMap((gate, i) =>
    before.some((b) => b.name === gate.name)
      ? []
      : [forbiddenField(`spec.schedulingGates[${i}].name`, `only deletion is allowed, but found new scheduling gate '${gate.name}'`)],
  );
}

/** With everything put back that may change, nothing else may differ. */
function validateRest(spec: Part, before: Part): FieldError[] {
  if (semanticEqual(spec, before)) return [];
  const restored: Part = {
    ...spec,
    containers: withImagesOf(spec.containers, before.containers),
    initContainers: withImagesOf(spec.initContainers, before.initContainers),
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    schedulingGates: before.schedulingGates,
    tolerations: before.tolerations,
  };
  if (before.terminationGracePeriodSeconds < 0 && spec.terminationGracePeriodSeconds === 1) {
    restored.terminationGracePeriodSeconds = before.terminationGracePeriodSeconds;
  }
  const errors = before.schedulingGates?.length ? validateGatedChanges(restored, before) : [];
  if (semanticEqual(restored, before)) return errors;
  const difference = goDiff('PodSpec', before, restored);
  return [...errors, forbiddenField('spec', `pod updates may not change fields other than ${UPDATABLE}\n${difference}`)];
}

const withImagesOf = (containers: Part[] | undefined, before: Part[] | undefined): Part[] | undefined =>
  containers?.map((container, i) => ({
    ...container,
    image: before?.[i]?.image,
  }));
