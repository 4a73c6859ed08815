import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { labelsMismatch } from '../../rules/pod-template.ts';
import { selectorMatches, selectorProblem } from '../../rules/selector.ts';
import { validateImmutable } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { goSelector, goStruct } from '../../shared/go/show.ts';
import type { GoType } from '../../shared/go/types.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { isDns1123Label } from '../../shared/names.ts';
import { validateGeneratedSelector } from './selector.ts';
import { validateJobSpec } from './spec.ts';

// Models ValidateJob and ValidateJobUpdate in pkg/apis/batch/validation/validation.go.

function validateSpec(spec: Part, path: string): FieldError[] {
  const errors = validateJobSpec(spec, path);
  if (spec.selector === undefined) errors.push(required(`${path}.selector`));
  else errors.push(...validateLabelSelector(spec.selector, `${path}.selector`));
  if (!selectorProblem(spec.selector) && !selectorMatches(spec.selector, spec.template?.metadata?.labels)) {
    errors.push(labelsMismatch(spec.template ?? {}, `${path}.template`));
  }
  return errors;
}

/** The last index's pod must have a name that can be a host name. */
function validateHostnames({ metadata, spec }: KubeObject): FieldError[] {
  if (spec.completionMode !== 'Indexed' || !(spec.completions > 0)) return [];
  const hostname = `${metadata.name ?? ''}-${spec.completions - 1}`;
  return isDns1123Label(hostname).length === 0
    ? []
    : [invalid('metadata.name', metadata.name ?? '', `will not able to create pod with invalid DNS label: ${hostname}`)];
}

export const validate = (job: KubeObject): FieldError[] => [
  ...validateGeneratedSelector(job),
  ...validateSpec(job.spec, 'spec'),
  ...validateHostnames(job),
];

function validateCompletions(spec: Part, old: Part, path: string): FieldError[] {
  if (spec.completionMode !== 'Indexed') return validateImmutable(spec.completions, old.completions, path);
  if (spec.completions === old.completions || spec.completions === undefined || spec.completions === spec.parallelism) return [];
  return [invalid(path, spec.completions, 'can only be modified in tandem with spec.parallelism')];
}

type Containers = Part[] | undefined;

const withResourcesOf = (old: Containers, containers: Containers): Containers =>
  old?.map((container, i) => {
    const after = containers?.[i];
    if (after?.name !== container.name) return container;
    const { resources: _before, ...rest } = container;
    return after.resources === undefined ? rest : { ...rest, resources: after.resources };
  });

/** Where its pods go and what their containers request may change while a job is suspended. */
function withSuspendedChangesOf(old: Part, template: Part): Part {
  const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec ?? {};
  const oldAffinity = { ...old.spec?.affinity, nodeAffinity: affinity?.nodeAffinity };
  const kept = Object.values(oldAffinity).some((rule) => rule !== undefined);
  const containers = withResourcesOf(old.spec?.containers, template.spec?.containers);
  const initContainers = withResourcesOf(old.spec?.initContainers, template.spec?.initContainers);
  return {
    ...old,
    metadata: { ...old.metadata, labels: template.metadata?.labels, annotations: template.metadata?.annotations },
    spec: {
      ...old.spec,
      containers,
      initContainers,
      nodeSelector,
      tolerations,
      schedulingGates,
      affinity: kept ? oldAffinity : affinity && {},
    },
  };
}

/** No pod of it may still run as the template says now. */
function isAtRest({ spec, status }: KubeObject): boolean {
  const marked = status?.conditions?.some((c: Part) => c.type === 'Suspended' && c.status === 'True');
  return spec.suspend === true && (status?.active ?? 0) === 0 && (status?.startTime === undefined || marked);
}

function validateTemplateUpdate(job: KubeObject, old: KubeObject): FieldError[] {
  const template = job.spec.template ?? {};
  const expected = isAtRest(old) ? withSuspendedChangesOf(old.spec.template ?? {}, template) : old.spec.template;
  return validateImmutable(template, expected, 'spec.template', (value) => goStruct('PodTemplateSpec', value));
}

const IMMUTABLE: readonly [field: string, type?: GoType][] = [
  ['completionMode'],
  ['podFailurePolicy', 'PodFailurePolicy'],
  ['backoffLimitPerIndex'],
  ['managedBy'],
  ['successPolicy', 'SuccessPolicy'],
];

export const validateUpdate = (job: KubeObject, old: KubeObject): FieldError[] => [
  ...validateSpec(job.spec, 'spec'),
  ...validateCompletions(job.spec, old.spec, 'spec.completions'),
  ...validateImmutable(job.spec.selector, old.spec.selector, 'spec.selector', goSelector),
  ...validateTemplateUpdate(job, old),
  ...IMMUTABLE.flatMap(([field, type]) => {
    const show = (value: Part) => (type && value ? goStruct(type, value) : value);
    return validateImmutable(job.spec[field], old.spec[field], `spec.${field}`, show);
  }),
];
