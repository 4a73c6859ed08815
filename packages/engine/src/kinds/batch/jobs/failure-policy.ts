import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../../machinery/field.ts';
import { invalidBare, quotedList } from '../../rules/errors.ts';
import { type Part, validateQualifiedName } from '../../shared/fields.ts';

// Models validatePodFailurePolicy in pkg/apis/batch/validation/validation.go.
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];
const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;
const PATTERNS_MAX = 20;

function oneOf(value: string | undefined, supported: string[], path: string): FieldError[] {
  if (!value) return [required(path, `valid values: ${quotedList(supported)}`)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

function validateAction(rule: Part, spec: Part, path: string): FieldError[] {
  if (rule.action !== 'FailIndex') return oneOf(rule.action, ACTIONS, path);
  return spec.backoffLimitPerIndex === undefined ? [invalid(path, rule.action, 'requires the backoffLimitPerIndex to be set')] : [];
}

function validateValues(values: number[], operator: string | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (values.length === 0) errors.push(invalid(path, values, 'at least one value is required'));
  if (values.length > EXIT_CODES_MAX) errors.push(tooMany(path, values.length, EXIT_CODES_MAX));
  const seen = new Set<number>();
  for (const [i, value] of values.entries()) {
    if (operator === 'In' && value === 0) errors.push(invalid(`${path}[${i}]`, value, 'must not be 0 for the In operator'));
    if (seen.has(value)) errors.push(duplicate(`${path}[${i}]`, value));
    seen.add(value);
  }
  if (values.some((value, i) => i > 0 && (values[i - 1] as number) > value)) errors.push(invalid(path, values, 'must be ordered'));
  return errors;
}

function validateExitCodes(codes: Part, containers: ReadonlySet<string>, path: string): FieldError[] {
  const errors = oneOf(codes.operator, OPERATORS, `${path}.operator`);
  if (codes.containerName !== undefined && !containers.has(codes.containerName)) {
    errors.push(invalid(`${path}.containerName`, codes.containerName, 'must be one of the container or initContainer names in the pod template'));
  }
  return [...errors, ...validateValues(codes.values ?? [], codes.operator, `${path}.values`)];
}

function validateConditions(patterns: Part[], path: string): FieldError[] {
  const errors = patterns.length > PATTERNS_MAX ? [tooMany(path, patterns.length, PATTERNS_MAX)] : [];
  for (const [i, pattern] of patterns.entries()) {
    errors.push(...validateQualifiedName(pattern.type ?? '', `${path}[${i}].type`), ...oneOf(pattern.status, STATUSES, `${path}[${i}].status`));
  }
  return errors;
}

function validateRule(rule: Part, spec: Part, containers: ReadonlySet<string>, path: string): FieldError[] {
  const errors = validateAction(rule, spec, `${path}.action`);
  const patterns = rule.onPodConditions ?? [];
  if (rule.onExitCodes) errors.push(...validateExitCodes(rule.onExitCodes, containers, `${path}.onExitCodes`));
  if (patterns.length > 0) errors.push(...validateConditions(patterns, `${path}.onPodConditions`));
  if (rule.onExitCodes && patterns.length > 0) errors.push(invalidBare(path, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  if (!rule.onExitCodes && patterns.length === 0) errors.push(invalidBare(path, 'specifying one of OnExitCodes and OnPodConditions is required'));
  return errors;
}

export function validateFailurePolicy(spec: Part, path: string): FieldError[] {
  const rules: Part[] = spec.podFailurePolicy?.rules ?? [];
  const podSpec = spec.template?.spec ?? {};
  const containers = new Set<string>([...(podSpec.containers ?? []), ...(podSpec.initContainers ?? [])].map((each: Part) => each.name ?? ''));
  const errors = rules.length > RULES_MAX ? [tooMany(`${path}.rules`, rules.length, RULES_MAX)] : [];
  return [...errors, ...rules.flatMap((rule, i) => validateRule(rule, spec, containers, `${path}.rules[${i}]`))];
}
