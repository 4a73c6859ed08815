import { describe, expect, it } from 'vitest';
import { changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { deviceClass } from './deviceclasses/kind.ts';
import { resourceClaim } from './resourceclaims/kind.ts';
import { resourceClaimTemplate } from './resourceclaimtemplates/kind.ts';
import { resourceSlice } from './resourceslices/kind.ts';

const selector = (expression: string) => [{ cel: { expression } }];

describe('claims', () => {
  const claim = {
    metadata: { name: 'c', namespace: 'default' },
    spec: {
      devices: {
        requests: [
          { name: 'gpu', exactly: { deviceClassName: 'gpu.example.com', tolerations: [{ key: 'a', effect: 'NoExecute' }] } },
          { name: 'nic', firstAvailable: [{ name: 'fast', deviceClassName: 'nic.example.com' }] },
        ],
        constraints: [{ requests: ['gpu', 'nic/fast'], matchAttribute: 'example.com/numa' }],
        config: [{ requests: ['gpu'], opaque: { driver: 'gpu.example.com', parameters: { mode: 'x' } } }],
      },
    },
  };
  const exactly = 'spec.devices.requests.0.exactly';
  const at = 'spec.devices.requests[0].exactly';

  it('are accepted, with what is not said filled in', () => {
    expect(refusals(resourceClaim, claim)).toEqual([]);
    expect(defaulted(resourceClaim, claim).spec.devices.requests[0].exactly.tolerations[0].operator).toBe('Equal');
    expect(refusals(resourceClaimTemplate, { spec: { spec: claim.spec } })).toEqual([]);
  });

  it.each([
    [`${exactly}.count`, -1, [`${at}.count: Invalid value: -1: must be greater than zero`]],
    [`${exactly}.selectors`, [{}], [`${at}.selectors[0].cel: Required value`]],
    [
      `${exactly}.selectors`,
      selector('device.driver'),
      [`${at}.selectors[0].cel.expression: Invalid value: "device.driver": must evaluate to bool or the unknown type, not string`],
    ],
    [
      `${exactly}.selectors`,
      selector('device.size'),
      [expect.stringMatching(/^spec.devices.requests\[0\].exactly.selectors\[0\].cel.expression: .*: compilation failed: .*undefined field 'size'/s)],
    ],
    [
      `${exactly}.selectors`,
      selector('device.attributes["d"].type == "gpu" && device.capacity["d"].memory >= quantity("64Gi")'),
      [expect.any(String)],
    ],
    [`${exactly}.selectors`, selector('device.attributes["d"].type == "gpu" && device.capacity["d"].memory == quantity("64Gi")'), []],
    [`${exactly}.tolerations.0.operator`, 'Exists', []],
    [
      `${exactly}.tolerations.0.effect`,
      'Never',
      [`${at}.tolerations[0].effect: Unsupported value: "Never": supported values: "NoExecute", "NoSchedule", "None"`],
    ],
    [
      'spec.devices.constraints.0',
      { requests: ['nic/slow'] },
      [
        `spec.devices.constraints[0].requests[0]: Invalid value: "nic/slow": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'`,
        'spec.devices.constraints[0]: Required value: exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
      ],
    ],
    [
      'spec.devices.constraints.0.matchAttribute',
      'numa',
      ['spec.devices.constraints[0].matchAttribute: Invalid value: "numa": a fully qualified name must be a domain and a name separated by a slash'],
    ],
    [
      'spec.devices.config.0.opaque',
      { driver: '', parameters: [] },
      [
        'spec.devices.config[0].opaque.driver: Required value',
        'spec.devices.config[0].opaque.parameters: Invalid value: "<value omitted>": must be a valid JSON object',
      ],
    ],
    [
      'spec.devices.requests.1.exactly',
      { deviceClassName: 'x' },
      ['spec.devices.requests[1]: Invalid value: null: exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set'],
    ],
  ])('are refused for %s = %j', (path, value, expected) => {
    expect(refusals(resourceClaim, changed(claim, path, value))).toEqual(expected);
  });

  it('do not change', () => {
    const small = { spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'x' } }] } } };
    expect(changeRefusals(resourceClaim, small, changed(small, 'spec.devices.requests.0.name', 'b'))[0]).toContain(
      'spec: Invalid value: {"Devices":{"Requests":[{"Name":"b","Exactly":{"DeviceClassName":"x","Selectors":null,"AllocationMode":"ExactCount","Count":1,',
    );
  });
});

describe('classes', () => {
  it.each([
    [{ extendedResourceName: 'example.com/gpu', selectors: selector('device.driver == "x"') }, []],
    [{ extendedResourceName: 'cpu' }, ['spec.extendedResourceName: Invalid value: "cpu": must be a valid extended resource name']],
    [{ config: [{}] }, ['spec.config[0].opaque: Required value']],
  ])('%j', (spec, expected) => {
    expect(refusals(deviceClass, { spec })).toEqual(expected);
  });
});

describe('slices', () => {
  const slice = {
    spec: {
      driver: 'gpu.example.com',
      pool: { name: 'node-a/gpus', resourceSliceCount: 1, generation: 1 },
      nodeName: 'node-a',
      devices: [
        {
          name: 'gpu-0',
          attributes: { 'example.com/model': { string: 'a' }, uuid: { version: '1.2.3' } },
          capacity: { memory: { value: '80Gi' } },
          taints: [{ key: 'a', effect: 'NoSchedule' }],
          consumesCounters: [{ counterSet: 'set', counters: { slots: { value: '1' } } }],
        },
      ],
    },
  };
  const device = 'spec.devices[0]';

  it('are accepted', () => {
    expect(refusals(resourceSlice, slice)).toEqual([]);
  });

  it.each([
    ['spec.pool.name', 'a//b', [expect.stringContaining('spec.pool.name: Invalid value: "": a lowercase RFC 1123 subdomain')]],
    [
      'spec.allNodes',
      true,
      [
        'spec: Invalid value: "{`nodeName`, `allNodes`}": exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set',
      ],
    ],
    [
      'spec.devices.0.attributes',
      { uuid: { version: 'x' }, none: {} },
      [
        `${device}.attributes[none]: Invalid value: "": exactly one value must be specified`,
        `${device}.attributes[uuid].version: Invalid value: "x": must be a string compatible with semver.org spec 2.0.0`,
      ],
    ],
    [
      'spec.devices.0.capacity.memory.requestPolicy',
      { default: '1Gi' },
      [`${device}.capacity[memory].requestPolicy: Forbidden: allowMultipleAllocations must be true`],
    ],
    [
      'spec.devices.0.allNodes',
      true,
      [
        `${device}: Invalid value: null: \`nodeName\`, \`nodeSelector\` and \`allNodes\` can only be set if \`perDeviceNodeSelection\` is set to true in the ResourceSlice spec`,
      ],
    ],
    [
      'spec.devices.0.bindingConditions',
      ['a'],
      [`${device}.bindingFailureConditions: Invalid value: null: bindingFailureConditions are required to use bindingConditions`],
    ],
    ['spec.sharedCounters', [], ['spec: Invalid value: "": only one of `sharedCounters` or `devices` is allowed']],
  ])('are refused for %s = %j', (path, value, expected) => {
    expect(refusals(resourceSlice, changed(slice, path, value))).toEqual(expected);
  });

  it.each([
    [{ default: '1Gi', validValues: ['1Gi', '2Gi'] }, []],
    [
      { default: '3Gi', validValues: ['2Gi', '1Gi'] },
      [
        '[1]: Invalid value: "1Gi": values must be sorted in ascending order',
        ': Invalid value: "3Gi": default value is not valid according to the requestPolicy',
      ],
    ],
    [{ validRange: { min: '1Gi' } }, ['.default']],
    [{ default: '1Gi', validRange: { min: '2Gi', max: '100Gi', step: '3Gi' } }, ['.min', '.max', '.step', '.step']],
  ])('let shared devices say how much one may ask for: %j', (requestPolicy, expected) => {
    const shared = changed(
      changed(slice, 'spec.devices.0.allowMultipleAllocations', true),
      'spec.devices.0.capacity.memory.requestPolicy',
      requestPolicy,
    );
    const found = refusals(resourceSlice, shared);
    expect(found).toHaveLength(expected.length);
    for (const [i, text] of expected.entries()) expect(found[i]).toContain(text);
  });
});
