import { type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../fields.ts';
import { validateLabelName, validateLabelSelector } from '../labels.ts';
import { isDns1123Label, isDns1123Subdomain, isLabelValue } from '../names.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Models validateAffinity. */
export function validateAffinity(affinity: Part | undefined, path: string): FieldError[] {
  if (!affinity) return [];
  const errors: FieldError[] = [];
  if (affinity.nodeAffinity) errors.push(...validateNodeAffinity(affinity.nodeAffinity, `${path}.nodeAffinity`));
  for (const name of ['podAffinity', 'podAntiAffinity']) {
    if (affinity[name]) errors.push(...validatePodAffinity(affinity[name], `${path}.${name}`));
  }
  return errors;
}

function validateNodeAffinity(affinity: Part, path: string): FieldError[] {
  const errors = affinity[REQUIRED] ? validateNodeSelector(affinity[REQUIRED], `${path}.${REQUIRED}`) : [];
  for (const [i, term] of ((affinity[PREFERRED] ?? []) as Part[]).entries()) {
    const at = `${path}.${PREFERRED}[${i}]`;
    errors.push(...validateWeight(term.weight, `${at}.weight`));
    // Bad label values were always let through here: they only make the preference void.
    errors.push(...validateNodeSelectorTerm(term.preference ?? {}, `${at}.preference`, true));
  }
  return errors;
}

const validateWeight = (weight: number | undefined, path: string): FieldError[] =>
  (weight ?? 0) > 0 && (weight as number) <= 100 ? [] : [invalid(path, weight ?? 0, 'must be in the range 1-100')];

/** Also of PersistentVolumes. Models ValidateNodeSelector. */
export function validateNodeSelector(selector: Part, path: string, allowInvalidValues = false): FieldError[] {
  const terms: Part[] = selector.nodeSelectorTerms ?? [];
  if (terms.length === 0) return [required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')];
  return terms.flatMap((term, i) => validateNodeSelectorTerm(term, `${path}.nodeSelectorTerms[${i}]`, allowInvalidValues));
}

export function validateNodeSelectorTerm(term: Part, path: string, allowInvalidValues: boolean): FieldError[] {
  const expressions: Part[] = term.matchExpressions ?? [];
  const fields: Part[] = term.matchFields ?? [];
  return [
    ...expressions.flatMap((r, i) => validateExpression(r, `${path}.matchExpressions[${i}]`, allowInvalidValues)),
    ...fields.flatMap((r, i) => validateFieldRequirement(r, `${path}.matchFields[${i}]`)),
  ];
}

const NOT_AN_OPERATOR = 'not a valid selector operator';

function validateExpression(requirement: Part, path: string, allowInvalidValues: boolean): FieldError[] {
  const values: string[] = requirement.values ?? [];
  const errors = validateOperator(requirement.operator ?? '', values, path);
  errors.push(...validateLabelName(requirement.key, `${path}.key`));
  if (!allowInvalidValues) for (const [i, value] of values.entries()) errors.push(...eachInvalid(`${path}.values[${i}]`, value, isLabelValue(value)));
  return errors;
}

function validateOperator(operator: string, values: string[], path: string): FieldError[] {
  const at = `${path}.values`;
  if (operator === 'In' || operator === 'NotIn') {
    return values.length > 0 ? [] : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    return values.length === 0 ? [] : [forbiddenField(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
  }
  if (operator === 'Gt' || operator === 'Lt') {
    return values.length === 1 ? [] : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
  }
  return [invalid(`${path}.operator`, operator, NOT_AN_OPERATOR)];
}

function validateFieldRequirement(requirement: Part, path: string): FieldError[] {
  const values: string[] = requirement.values ?? [];
  const errors: FieldError[] = [];
  if (requirement.operator !== 'In' && requirement.operator !== 'NotIn') {
    errors.push(invalid(`${path}.operator`, requirement.operator ?? '', NOT_AN_OPERATOR));
  } else if (values.length !== 1) {
    errors.push(required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
  }
  if (requirement.key !== 'metadata.name') errors.push(invalid(`${path}.key`, requirement.key ?? '', 'not a valid field selector key'));
  else for (const [i, value] of values.entries()) errors.push(...eachInvalid(`${path}.values[${i}]`, value, isDns1123Subdomain(value)));
  return errors;
}

function validatePodAffinity(affinity: Part, path: string): FieldError[] {
  const wanted: Part[] = affinity[REQUIRED] ?? [];
  const preferred: Part[] = affinity[PREFERRED] ?? [];
  return [
    ...wanted.flatMap((term, i) => validatePodAffinityTerm(term, `${path}.${REQUIRED}[${i}]`)),
    ...preferred.flatMap((term, i) => [
      ...validateWeight(term.weight, `${path}.${PREFERRED}[${i}].weight`),
      ...validatePodAffinityTerm(term.podAffinityTerm ?? {}, `${path}.${PREFERRED}[${i}].podAffinityTerm`),
    ]),
  ];
}

function validatePodAffinityTerm(term: Part, path: string): FieldError[] {
  const namespaces: string[] = term.namespaces ?? [];
  return [
    ...validateLabelSelector(term.labelSelector, `${path}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`),
    ...namespaces.flatMap((name) => eachInvalid(`${path}.namespace`, name, isDns1123Label(name))),
    ...validateMatchLabelKeys(term, path),
    ...(term.topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
    ...validateLabelName(term.topologyKey, `${path}.topologyKey`),
  ];
}

/** Keys whose values the pod itself supplies. Models ValidateMatchLabelKeysAndMismatchLabelKeys; the odd index is upstream's. */
export function validateMatchLabelKeys(term: Part, path: string): FieldError[] {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = term;
  const errors = ['matchLabelKeys', 'mismatchLabelKeys'].flatMap((list) => validateKeys(term[list] ?? [], labelSelector, `${path}.${list}`));
  const selected = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = matchLabelKeys.lastIndexOf(key);
    // By now the keys are requirements too: one that was there before is one too many.
    if (index >= 0 && selected.has(key)) errors.push(invalid(`${path}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    selected.add(key);
  }
  for (const [i, key] of (matchLabelKeys as string[]).entries()) {
    if (!mismatchLabelKeys.includes(key)) continue;
    errors.push(invalid(`${path}.matchLabelKeys[${i}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'));
  }
  return errors;
}

function validateKeys(keys: string[], selector: Part, path: string): FieldError[] {
  if (keys.length === 0) return [];
  if (!selector) return [forbiddenField(path, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, i) => validateLabelName(key, `${path}[${i}]`));
}
