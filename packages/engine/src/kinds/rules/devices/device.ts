import { type FieldError, invalid, required, tooLong, tooMany } from '../../../machinery/field.ts';
import { eachInvalid, type Part, sortedKeys, validateDnsLabel } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { isDns1123Subdomain } from '../../shared/names.ts';
import { validateNodeSelector } from '../../shared/podspec/affinity.ts';
import { validateCapacity } from './capacity.ts';
import { validateList, validateSet } from './lists.ts';
import { validateDeviceQualifiedName } from './names.ts';
import { validateBindingConditions, validateDeviceTaint } from './taints.ts';

// Models validateDevice in pkg/apis/resource/validation/validation.go.
const PROPERTIES_MAX = 32;
const VALUE_BYTES_MAX = 64;
const TAINTS_MAX = 16;
const CONSUMPTIONS_MAX = 2;
const COUNTERS_MAX = 32;
const VALUES = ['int', 'bool', 'string', 'version', 'ints', 'bools', 'strings', 'versions'];
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;
const ONE_PLACE =
  'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
const NO_PLACE = '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

const validateLength = (text: string | undefined, path: string): FieldError[] =>
  (text?.length ?? 0) > VALUE_BYTES_MAX ? [tooLong(path, VALUE_BYTES_MAX)] : [];

function validateAttribute(attribute: Part, path: string): FieldError[] {
  const { string, version } = attribute;
  const errors = validateLength(string, `${path}.string`);
  if (version !== undefined && !SEMVER.test(version)) {
    errors.push(invalid(`${path}.version`, version, 'must be a string compatible with semver.org spec 2.0.0'));
  }
  errors.push(...validateLength(version, `${path}.version`));
  const given = VALUES.filter((field) => attribute[field] !== undefined).length;
  if (given === 1) return errors;
  return [...errors, invalid(path, given === 0 ? '' : goStruct('DeviceAttribute', attribute), 'exactly one value must be specified')];
}

/** Names of counters; any amount will do. */
export function validateCounters(counters: Record<string, unknown> | undefined, path: string): FieldError[] {
  const names = sortedKeys(counters);
  if (names.length === 0) return [required(path)];
  return names.length > COUNTERS_MAX
    ? [tooMany(path, names.length, COUNTERS_MAX)]
    : names.flatMap((name) => validateDnsLabel(name, `${path}[${name}]`));
}

const validateConsumption = ({ counterSet = '', counters }: Part, path: string): FieldError[] => [
  ...(counterSet === '' ? [required(`${path}.counterSet`)] : validateDnsLabel(counterSet, `${path}.counterSet`)),
  ...validateCounters(counters, `${path}.counters`),
];

export const validateNodeName = (name: string, path: string): FieldError[] => eachInvalid(path, name, isDns1123Subdomain(name));

/** Where a device is, if not all of its slice are in one place. */
function validatePlace(device: Part, isAsked: boolean, path: string): FieldError[] {
  const { nodeName, nodeSelector, allNodes } = device;
  if (!isAsked) {
    return nodeName === undefined && nodeSelector === undefined && allNodes === undefined ? [] : [invalid(path, null, NO_PLACE)];
  }
  const errors: FieldError[] = [];
  if (nodeName === '') errors.push(invalid(`${path}.nodeName`, nodeName, 'must not be empty'));
  else if (nodeName) errors.push(...validateNodeName(nodeName, `${path}.nodeName`));
  if (nodeSelector) errors.push(...validateNodeSelector(nodeSelector, `${path}.nodeSelector`));
  if (allNodes === false) errors.push(invalid(`${path}.allNodes`, allNodes, 'must be either unset or set to true'));
  const given = ['nodeName', 'nodeSelector', 'allNodes'].filter((field) => device[field]).map((field) => `\`${field}\``);
  if (given.length === 0) errors.push(required(path, ONE_PLACE));
  if (given.length > 1) errors.push(invalid(path, `{${given.join(', ')}}`, ONE_PLACE));
  return errors;
}

export function validateDevice(device: Part, placesEach: boolean, path: string): FieldError[] {
  const [attributes, capacities] = [sortedKeys(device.attributes), sortedKeys(device.capacity)];
  const properties = attributes.length + capacities.length;
  const tooManyOf =
    properties > PROPERTIES_MAX ? [invalid(path, properties, `the total number of attributes and capacities must not exceed ${PROPERTIES_MAX}`)] : [];
  const keyed = (field: string, names: string[], validateValue: (value: Part, at: string) => FieldError[]): FieldError[] =>
    names.flatMap((name) => {
      const at = `${path}.${field}[${name}]`;
      return [...validateDeviceQualifiedName(name, at), ...validateValue(device[field][name], at)];
    });
  const isShared = device.allowMultipleAllocations === true;
  return [
    ...validateDnsLabel(device.name ?? '', `${path}.name`),
    ...tooManyOf,
    ...keyed('attributes', attributes, validateAttribute),
    ...keyed('capacity', capacities, (capacity, at) => validateCapacity(capacity, isShared, at)),
    ...validateList(device.taints as Part[] | undefined, TAINTS_MAX, `${path}.taints`, validateDeviceTaint),
    ...validateSet(
      device.consumesCounters as Part[] | undefined,
      CONSUMPTIONS_MAX,
      `${path}.consumesCounters`,
      ({ counterSet }) => counterSet ?? '',
      validateConsumption,
    ),
    ...validatePlace(device, placesEach, path),
    ...validateBindingConditions(device, path),
  ];
}
