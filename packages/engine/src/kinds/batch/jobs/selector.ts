import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { selectorMatches, selectorProblem } from '../../rules/selector.ts';
import { ownValue } from '../../shared/fields.ts';
import { goMap, goSelector } from '../../shared/go/show.ts';

const PREFIX = 'batch.kubernetes.io/';
const CONTROLLER_UID = 'controller-uid';
const JOB_NAME = 'job-name';

/** Labels pods with the job's uid and selects by it. Models generateSelector in pkg/registry/batch/job/strategy.go. */
export function generateSelector(job: KubeObject): void {
  const { spec, metadata } = job;
  if (spec.manualSelector) return;
  const wanted = { [CONTROLLER_UID]: metadata.uid, [JOB_NAME]: metadata.name };
  const labels = { ...spec.template.metadata.labels };
  for (const [label, value] of Object.entries(wanted)) {
    for (const key of [label, PREFIX + label]) if (!Object.hasOwn(labels, key)) labels[key] = value ?? '';
  }
  spec.template.metadata.labels = labels;
  spec.selector ??= {};
  spec.selector.matchLabels = { [PREFIX + CONTROLLER_UID]: metadata.uid, ...spec.selector.matchLabels };
}

function hasLabel(job: KubeObject, key: string, value: string): FieldError[] {
  const labels = job.spec.template?.metadata?.labels;
  const path = `spec.template.metadata.labels[${key}]`;
  const actual = ownValue(labels, key);
  const errors = actual === undefined ? [required(path, `must be '${value}'`)] : [];
  if ((actual ?? '') !== value) errors.push(invalid(path, goMap(labels), `must be '${value}'`));
  return errors;
}

/** Models validateGeneratedSelector in pkg/apis/batch/validation. */
export function validateGeneratedSelector(job: KubeObject): FieldError[] {
  const { spec, metadata } = job;
  if (spec.manualSelector || spec.selector === undefined) return [];
  const uid = metadata.uid ?? '';
  const name = metadata.name ?? '';
  const expected = { [CONTROLLER_UID]: uid, [JOB_NAME]: name, [PREFIX + CONTROLLER_UID]: uid, [PREFIX + JOB_NAME]: name };
  const errors = uid === '' ? [required('metadata.uid')] : [];
  for (const [key, value] of Object.entries(expected)) errors.push(...hasLabel(job, key, value));
  if (!selectorProblem(spec.selector) && !selectorMatches(spec.selector, expected)) {
    errors.push(invalid('spec.selector', goSelector(spec.selector), '`selector` not auto-generated'));
  }
  return errors;
}
