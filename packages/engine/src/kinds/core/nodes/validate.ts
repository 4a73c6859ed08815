import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { type Part, sortedKeys } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { parseCidr, validateCidr } from '../../shared/ip.ts';
import { validateLabelName } from '../../shared/labels.ts';
import { isLabelValue } from '../../shared/names.ts';
import { TAINT_EFFECTS } from '../../shared/podspec/scheduling.ts';
import { validateResourceQuantity } from '../../shared/resources.ts';

/** Models ValidateNode. */
export const validate = (node: Part): FieldError[] => [
  ...validateTaints(node.spec?.taints, 'metadata.taints'),
  ...validateNodeResources(node.status),
  ...validatePodCidrs(node.spec?.podCIDRs ?? [], 'spec.podCIDRs'),
];

/** Upstream reports taints below metadata, where they once were. */
function validateTaints(taints: Part[] | undefined, path: string): FieldError[] {
  const seen = new Set<string>();
  return (taints ?? []).flatMap((taint, i) => {
    const at = `${path}[${i}]`;
    const { key = '', value = '', effect = '' } = taint;
    const errors = validateLabelName(key, `${at}.key`);
    const messages = isLabelValue(value);
    if (messages.length > 0) errors.push(invalid(`${at}.value`, value, messages.join(';')));
    if (effect === '') errors.push(required(`${at}.effect`));
    else if (!TAINT_EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, TAINT_EFFECTS));
    if (seen.has(`${effect}:${key}`)) errors.push(repeatedTaint(taint, at));
    seen.add(`${effect}:${key}`);
    return errors;
  });
}

function repeatedTaint(taint: Part, path: string): FieldError {
  const error = duplicate(path, goStruct('Taint', taint));
  return {
    ...error,
    body: `${error.body}: taints must be unique by key and effect pair`,
  };
}

const validateNodeResources = (status: Part | undefined): FieldError[] =>
  ['capacity', 'allocatable'].flatMap((list) =>
    sortedKeys(status?.[list]).flatMap((name) => validateResourceQuantity(name, status[list][name], `status.${list}.${name}`)),
  );

function validatePodCidrs(cidrs: string[], path: string): FieldError[] {
  const errors = cidrs.flatMap((cidr, i) => validateCidr(cidr, `${path}[${i}]`));
  if (cidrs.length < 2) return errors;
  const families = cidrs.map((cidr) => parseCidr(cidr)?.family);
  if (cidrs.length > 2 || families[0] === families[1]) {
    errors.push(invalid(path, cidrs, 'may specify no more than one CIDR for each IP family'));
  }
  return errors;
}

/** Models ValidateNodeUpdate. */
export function validateUpdate(node: Part, old: Part): FieldError[] {
  const errors = [...validateNodeResources(node.status), ...validateAddresses(node.status?.addresses)];
  const before = old.spec ?? {};
  const after = node.spec ?? {};
  if (before.podCIDRs?.length && !semanticEqual(before.podCIDRs, after.podCIDRs)) {
    errors.push(forbiddenField('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
  }
  if (before.providerID && before.providerID !== after.providerID) {
    errors.push(forbiddenField('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
  errors.push(...validateTaints(after.taints, 'metadata.taints'));
  if ((before.externalID ?? '') !== (after.externalID ?? '')) errors.push(forbiddenField('spec.externalID', 'may not be updated'));
  return errors;
}

export const validateStatusUpdate = (node: Part): FieldError[] => [
  ...validateNodeResources(node.status),
  ...validateAddresses(node.status?.addresses),
];

function validateAddresses(addresses: Part[] | undefined): FieldError[] {
  const seen = new Set<string>();
  return (addresses ?? []).flatMap((address, i) => {
    const identity = JSON.stringify([address.type, address.address]);
    if (seen.has(identity)) return [duplicate(`status.addresses[${i}]`, goStruct('NodeAddress', address))];
    seen.add(identity);
    return [];
  });
}
