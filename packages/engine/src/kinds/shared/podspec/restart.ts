import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';

const RESIZABLE = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

/** Models validateResizePolicy. */
export function validateResizePolicy(container: Part, path: string, podRestartPolicy: string): FieldError[] {
  const seen = new Set<string>();
  return ((container.resizePolicy ?? []) as Part[]).flatMap((policy, i) => {
    const { resourceName: resource = '', restartPolicy = '' } = policy;
    const errors: FieldError[] = [];
    if (seen.has(resource)) errors.push(duplicate(`${path}[${i}]`, resource));
    seen.add(resource);
    errors.push(...validateChoice(resource, RESIZABLE, path), ...validateChoice(restartPolicy, RESIZE_POLICIES, path));
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalid(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
    return errors;
  });
}

function validateChoice(value: string, supported: string[], path: string): FieldError[] {
  if (value === '') return [required(path)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const ACTIONS = ['Restart', 'RestartAllContainers'];
const OPERATORS = ['In', 'NotIn'];
const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;

/** A container's own restart policy and the rules that refine it. Models validateContainerRestartPolicy. */
export function validateRestartRules(container: Part, path: string): FieldError[] {
  const rules: Part[] = container.restartPolicyRules ?? [];
  const policy: string | undefined = container.restartPolicy;
  const errors: FieldError[] = [];
  if (policy === undefined) {
    if (rules.length > 0) errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  } else if (!RESTART_POLICIES.includes(policy)) errors.push(notSupported(`${path}.restartPolicy`, policy, RESTART_POLICIES));
  const at = `${path}.restartPolicyRules`;
  if (rules.length > RULES_MAX) errors.push(tooMany(at, rules.length, RULES_MAX));
  return [...errors, ...rules.flatMap((rule, i) => validateRule(rule, `${at}[${i}]`))];
}

function validateRule(rule: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!ACTIONS.includes(rule.action)) errors.push(notSupported(`${path}.action`, rule.action ?? '', ACTIONS));
  const codes = rule.exitCodes;
  if (!codes) return [...errors, required(`${path}.exitCodes`, 'must be specified')];
  if (!OPERATORS.includes(codes.operator)) errors.push(notSupported(`${path}.exitCodes.operator`, codes.operator ?? '', OPERATORS));
  const count: number = codes.values?.length ?? 0;
  if (count > EXIT_CODES_MAX) errors.push(tooMany(`${path}.exitCodes.values`, count, EXIT_CODES_MAX));
  return errors;
}
