import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { validateCounters, validateDevice, validateNodeName } from '../../rules/devices/device.ts';
import { validateSet } from '../../rules/devices/lists.ts';
import { validateDriverName, validatePoolName } from '../../rules/devices/names.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateDnsLabel } from '../../shared/fields.ts';
import { goStructs } from '../../shared/go/show.ts';
import { validateNodeSelector } from '../../shared/podspec/affinity.ts';

// Models ValidateResourceSlice* in pkg/apis/resource/validation/validation.go.
const PLACES = ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'];
const ONE_PLACE = `exactly one of ${PLACES.map((field) => `\`${field}\``).join(', ')} is required`;
const DEVICES_MAX = 128;
const DETAILED_DEVICES_MAX = 64;
const COUNTER_SETS_MAX = 8;

const nameOf = ({ name }: Part): string => name ?? '';

function validatePool({ name = '', resourceSliceCount: count = 0, generation = 0 }: Part, path: string): FieldError[] {
  const errors = validatePoolName(name, `${path}.name`);
  if (count <= 0) errors.push(invalid(`${path}.resourceSliceCount`, count, 'must be greater than zero'));
  if (generation < 0) errors.push(invalid(`${path}.generation`, generation, 'must be greater than or equal to zero'));
  return errors;
}

function validatePlaces(spec: Part, path: string): FieldError[] {
  const { nodeName, nodeSelector } = spec;
  const errors: FieldError[] = [];
  if (nodeName === '') errors.push(invalid(`${path}.nodeName`, nodeName, 'must be either unset or set to a non-empty string'));
  else if (nodeName) errors.push(...validateNodeName(nodeName, `${path}.nodeName`));
  if (nodeSelector) {
    errors.push(...validateNodeSelector(nodeSelector, `${path}.nodeSelector`));
    const terms: Part[] = nodeSelector.nodeSelectorTerms ?? [];
    const at = `${path}.nodeSelector.nodeSelectorTerms`;
    if (terms.length !== 1) errors.push(invalid(at, goStructs('NodeSelectorTerm', terms), 'must have exactly one node selector term'));
  }
  for (const field of ['allNodes', 'perDeviceNodeSelection']) {
    if (spec[field] === false) errors.push(invalid(`${path}.${field}`, false, 'must be either unset or set to true'));
  }
  const given = PLACES.filter((field) => spec[field]).map((field) => `\`${field}\``);
  if (given.length === 0) errors.push(required(path, ONE_PLACE));
  if (given.length > 1) errors.push(invalid(path, `{${given.join(', ')}}`, `${ONE_PLACE}, but multiple fields are set`));
  return errors;
}

const validateCounterSet = ({ name = '', counters }: Part, path: string): FieldError[] => [
  ...(name === '' ? [required(`${path}.name`)] : validateDnsLabel(name, `${path}.name`)),
  ...validateCounters(counters, `${path}.counters`),
];

function validateContents({ devices, sharedCounters, perDeviceNodeSelection }: Part, path: string): FieldError[] {
  const isDetailed = devices?.some(({ taints, consumesCounters }: Part) => taints?.length || consumesCounters?.length);
  return [
    ...(devices && sharedCounters ? [invalid(path, '', 'only one of `sharedCounters` or `devices` is allowed')] : []),
    ...validateSet(devices as Part[] | undefined, isDetailed ? DETAILED_DEVICES_MAX : DEVICES_MAX, `${path}.devices`, nameOf, (device, at) =>
      validateDevice(device, perDeviceNodeSelection === true, at),
    ),
    ...validateSet(sharedCounters as Part[] | undefined, COUNTER_SETS_MAX, `${path}.sharedCounters`, nameOf, validateCounterSet),
  ];
}

function validateSpec(spec: Part, old: Part | undefined, path: string): FieldError[] {
  const fixed = (field: string, value: unknown, before: unknown) => (old ? validateImmutable(value, before, `${path}.${field}`) : []);
  return [
    ...validateDriverName(spec.driver, `${path}.driver`),
    ...validatePool(spec.pool ?? {}, `${path}.pool`),
    ...fixed('pool.name', spec.pool?.name, old?.pool?.name),
    ...fixed('driver', spec.driver, old?.driver),
    ...fixed('nodeName', spec.nodeName, old?.nodeName),
    ...validatePlaces(spec, path),
    ...validateContents(spec, path),
  ];
}

export const validate = ({ spec }: KubeObject): FieldError[] => validateSpec(spec, undefined, 'spec');

export const validateUpdate = ({ spec }: KubeObject, old: KubeObject): FieldError[] => validateSpec(spec, old.spec, 'spec');
