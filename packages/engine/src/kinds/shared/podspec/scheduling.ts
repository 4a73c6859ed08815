import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateOptionalEnum, validateQualifiedName } from '../fields.ts';
import { validateLabelName, validateLabelSelector } from '../labels.ts';
import { isLabelValue } from '../names.ts';
import { validateMatchLabelKeys } from './affinity.ts';

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const TOLERATION_OPERATORS = ['Equal', 'Exists'];
/** Known, but behind the gate TaintTolerationComparisonOperators. */
const COMPARISONS = ['Lt', 'Gt'];

/** Models ValidateTolerations. */
export function validateTolerations(tolerations: Part[] | undefined, path: string): FieldError[] {
  return (tolerations ?? []).flatMap((toleration, i) => {
    const at = `${path}[${i}]`;
    const operator: string = toleration.operator ?? '';
    const effect: string = toleration.effect ?? '';
    const errors = toleration.key ? validateLabelName(toleration.key, `${at}.key`) : [];
    if (!toleration.key && operator !== 'Exists') {
      errors.push(invalid(`${at}.operator`, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"'));
    }
    if (toleration.tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    errors.push(...validateTolerationValue(operator, toleration.value ?? '', `${at}.operator`));
    if (effect !== '' && !TAINT_EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, TAINT_EFFECTS));
    return errors;
  });
}

function validateTolerationValue(operator: string, value: string, path: string): FieldError[] {
  if (operator === '' || operator === 'Equal') {
    const messages = isLabelValue(value);
    return messages.length > 0 ? [invalid(path, value, messages.join(';'))] : [];
  }
  if (operator === 'Exists') return value === '' ? [] : [invalid(path, value, "value must be empty when `operator` is 'Exists'")];
  return [notSupported(path, operator, COMPARISONS.includes(operator) ? [...TOLERATION_OPERATORS, ...COMPARISONS] : TOLERATION_OPERATORS)];
}

const UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];
const NODE_INCLUSION = ['Honor', 'Ignore'];
const NOT_POSITIVE = 'must be greater than zero';

/** Models validateTopologySpreadConstraints. */
export function validateTopologySpread(constraints: Part[] | undefined, path: string): FieldError[] {
  const all = constraints ?? [];
  return all.flatMap((constraint, i) => {
    const at = `${path}[${i}]`;
    const when: string = constraint.whenUnsatisfiable ?? '';
    const key: string = constraint.topologyKey ?? '';
    const errors: FieldError[] = [];
    if ((constraint.maxSkew ?? 0) <= 0) errors.push(invalid(`${at}.maxSkew`, constraint.maxSkew ?? 0, NOT_POSITIVE));
    if (key === '') errors.push(required(`${at}.topologyKey`, 'can not be empty'));
    if (!UNSATISFIABLE.includes(when)) errors.push(notSupported(`${at}.whenUnsatisfiable`, when, UNSATISFIABLE));
    for (const later of all.slice(i + 1)) {
      if (later.topologyKey !== constraint.topologyKey || later.whenUnsatisfiable !== constraint.whenUnsatisfiable) continue;
      errors.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${key}, ${when}}`));
      break;
    }
    return [
      ...errors,
      ...validateMinDomains(constraint.minDomains, when, `${at}.minDomains`),
      ...validateOptionalEnum(constraint.nodeAffinityPolicy, NODE_INCLUSION, `${at}.nodeAffinityPolicy`),
      ...validateOptionalEnum(constraint.nodeTaintsPolicy, NODE_INCLUSION, `${at}.nodeTaintsPolicy`),
      ...validateMatchLabelKeys(constraint, at),
      ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`),
    ];
  });
}

function validateMinDomains(minDomains: number | undefined, when: string, path: string): FieldError[] {
  if (minDomains === undefined) return [];
  const errors: FieldError[] = [];
  if (minDomains <= 0) errors.push(invalid(path, minDomains, NOT_POSITIVE));
  if (when !== 'DoNotSchedule') errors.push(invalid(path, minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${when}`));
  return errors;
}

export const validateReadinessGates = (gates: Part[] | undefined, path: string): FieldError[] =>
  (gates ?? []).flatMap((gate, i) => validateQualifiedName(gate.conditionType ?? '', `${path}[${i}].conditionType`));

export function validateSchedulingGates(gates: Part[] | undefined, path: string): FieldError[] {
  const seen = new Set<string>();
  return (gates ?? []).flatMap((gate, i) => {
    const name: string = gate.name ?? '';
    const errors = validateQualifiedName(name, `${path}[${i}]`);
    if (seen.has(name)) errors.push(duplicate(`${path}[${i}]`, name));
    seen.add(name);
    return errors;
  });
}

/** Also of Nodes: a taint's key and value. */
export const validateTaintValue = (value: string | undefined, path: string): FieldError[] =>
  eachInvalid(path, value ?? '', isLabelValue(value ?? ''));
