import { definition } from '@vivakube/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { applyMergePatch } from '../patch/merge.ts';
import { ApiError } from '../status.ts';
import { type Applied, applyServerSide } from './apply.ts';
import { compare, isEmpty, trackUpdate } from './index.ts';
import { LAST_APPLIED } from './lastApplied.ts';
import { mergedOrder } from './merge.ts';

const T1 = '2024-01-01T00:00:00Z';
const T2 = '2024-01-01T00:00:05Z';
const deployment = definition('apps.v1.Deployment');
const config = (spec: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', ...metadata },
  spec,
});
const pods = (containers: object[], more: object = {}): object => ({ template: { spec: { containers, ...more } } });

interface Options {
  manager?: string;
  force?: boolean;
  time?: string;
  subresource?: string;
}
const apply = (
  live: KubeObject | undefined,
  applied: KubeObject,
  { manager = 'one', force = false, time = T1, subresource }: Options = {},
): Applied =>
  applyServerSide({
    live,
    applied,
    manager,
    force,
    time,
    definition: deployment,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    ...(subresource ? { subresource } : {}),
  });
const chain = (...steps: [KubeObject, Options?][]): KubeObject =>
  steps.reduce<KubeObject | undefined>((live, [applied, options]) => apply(live, applied, options).object, undefined) as KubeObject;
const update = (live: KubeObject, spec: object, manager = 'updater', time = T2): KubeObject => {
  const next = { ...live, spec: { ...live.spec, ...spec } };
  const managedFields = trackUpdate({ old: live, new: next, manager, apiVersion: 'apps/v1', time, definition: deployment }) as ManagedFieldsEntry[];
  return { ...next, metadata: { ...next.metadata, managedFields } };
};
const owners = (object: KubeObject): Record<string, unknown> =>
  Object.fromEntries((object.metadata.managedFields ?? []).map((e) => [`${e.manager} ${e.operation}`, e.fieldsV1]));
const refusal = (run: () => unknown): ApiError['status'] => {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error.status;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the first apply', () => {
  test('creates, and owns what it says and no more', () => {
    const { object, managedFields } = apply(
      undefined,
      config({ replicas: 3, selector: { matchLabels: { a: 'b' } }, ...pods([{ name: 'c', image: 'i' }]) }, { labels: { a: 'b' } }),
    );
    expect(object.spec.replicas).toBe(3);
    expect(JSON.stringify(managedFields)).toBe(
      `[{"manager":"one","operation":"Apply","apiVersion":"apps/v1","time":"${T1}","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:a":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:spec":{"f:containers":{"k:{\\"name\\":\\"c\\"}":{".":{},"f:image":{},"f:name":{}}}}}}}}]`,
    );
  });

  test('of what nobody tracked puts the rest under before-first-apply', () => {
    const live = config({ replicas: 1, paused: true });
    const error = refusal(() => apply(live, config({ replicas: 2 })));
    expect(error.message).toBe('Apply failed with 1 conflict: conflict with "before-first-apply" using apps/v1: .spec.replicas');
    expect(owners(apply(live, config({ replicas: 2 }), { force: true }).object)).toEqual({
      'one Apply': { 'f:spec': { 'f:replicas': {} } },
      'before-first-apply Update': { 'f:spec': { 'f:paused': {} } },
    });
  });
});

describe('conflicts', () => {
  const live = update(chain([config({ replicas: 1, ...pods([{ name: 'c', image: 'a' }]) })]), { replicas: 5 }, 'hpa');

  test('one, with the words of a real server', () => {
    const status = refusal(() => apply(live, config({ replicas: 1, ...pods([{ name: 'c', image: 'a' }]) })));
    expect(status).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "hpa" using apps/v1: .spec.replicas',
      details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "hpa" using apps/v1', field: '.spec.replicas' }] },
    });
  });

  test('several, by owner', () => {
    const status = refusal(() => apply(live, config({ replicas: 2, ...pods([{ name: 'c', image: 'b' }]) }), { manager: 'two' }));
    expect(status.message).toBe(
      'Apply failed with 2 conflicts: conflicts with "hpa" using apps/v1:\n- .spec.replicas\nconflicts with "one":\n- .spec.template.spec.containers[name="c"].image',
    );
    expect(status.details?.causes).toHaveLength(2);
  });

  test('subresources are named', () => {
    const scaled = {
      ...live,
      metadata: {
        ...live.metadata,
        managedFields: live.metadata.managedFields?.map((e) => (e.manager === 'hpa' ? { ...e, subresource: 'scale' } : e)),
      },
    } as KubeObject;
    expect(refusal(() => apply(scaled, config({ replicas: 9 }))).message).toBe(
      'Apply failed with 1 conflict: conflict with "hpa" with subresource "scale" using apps/v1: .spec.replicas',
    );
  });

  test('the same value is shared', () => {
    const shared = apply(live, config({ replicas: 5 }), { manager: 'two' }).object;
    expect(Object.keys(owners(shared)).sort()).toEqual(['hpa Update', 'one Apply', 'two Apply']);
  });

  test('force takes the field', () => {
    const taken = apply(live, config({ replicas: 9 }), { manager: 'two', force: true, time: T2 }).object;
    expect(taken.spec.replicas).toBe(9);
    expect(owners(taken)['hpa Update']).toBeUndefined();
    expect(owners(taken)['two Apply']).toEqual({ 'f:spec': { 'f:replicas': {} } });
  });
});

describe('applying less', () => {
  test('removes what only the applier owned', () => {
    const object = chain(
      [
        config({
          replicas: 1,
          paused: true,
          ...pods([
            { name: 'c', image: 'a', args: ['x'] },
            { name: 'd', image: 'd' },
          ]),
        }),
      ],
      [config({ replicas: 1, ...pods([{ name: 'c', image: 'a' }]) })],
    );
    expect(object.spec).toEqual({ replicas: 1, ...pods([{ name: 'c', image: 'a' }]) });
  });

  test('keeps what somebody else owns or set', () => {
    const first = chain(
      [config({ replicas: 1, paused: true }, { labels: { a: '1', b: '2' } })],
      [config({ paused: true }, { labels: { b: '2' } }), { manager: 'two' }],
    );
    const less = apply(update(first, { minReadySeconds: 4 }), config({ replicas: 1 })).object;
    expect(less.spec).toEqual({ replicas: 1, paused: true, minReadySeconds: 4 });
    expect(less.metadata.labels).toEqual({ b: '2' });
  });

  test('takes an item away with the fields that others have in it', () => {
    const first = update(
      chain([config(pods([{ name: 'c', image: 'a', tty: true }]))]),
      pods([{ name: 'c', image: 'a', tty: true, stdin: true }]) as { template: object },
    );
    expect(apply(first, config({})).object.spec).toEqual({ template: { spec: {} } });
  });

  test('removes the whole when it all goes', () => {
    const object = chain([config({ replicas: 1 }, { annotations: { x: 'y' } })], [config({ replicas: 1 })]);
    expect(object.metadata.annotations).toBeUndefined();
  });
});

describe('merging', () => {
  test('lists by key, keys by default, sets, and atomic lists as a whole', () => {
    const ports = [
      { containerPort: 80, protocol: 'TCP' },
      { containerPort: 80, protocol: 'UDP' },
    ];
    const live = update(chain([config(pods([{ name: 'c', ports, args: ['a'] }]), { finalizers: ['x/a'] })]), { paused: true });
    const object = apply(
      live,
      config(pods([{ name: 'c', ports: [{ containerPort: 80, name: 'web' }], args: ['b', 'c'] }], { tolerations: [{ key: 'k' }] }), {
        finalizers: ['x/b'],
      }),
      {
        manager: 'two',
        force: true,
      },
    ).object;
    expect(object.spec.template.spec).toEqual({
      containers: [{ name: 'c', ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }, ports[1]], args: ['b', 'c'] }],
      tolerations: [{ key: 'k' }],
    });
    expect(object.metadata.finalizers).toEqual(['x/a', 'x/b']);
  });

  test('null takes a scalar away', () => {
    const object = chain([config({ replicas: 1, paused: true })], [config({ replicas: 1, paused: null })]);
    expect(object.spec).toEqual({ replicas: 1 });
  });

  test.each([
    ['', 'ab', 'ab'],
    ['ab', '', 'ab'],
    ['ab', 'ba', 'ba'],
    ['abc', 'ca', 'bca'],
    ['axb', 'ba', 'xba'],
    ['ab', 'cb', 'acb'],
    ['abcd', 'dxa', 'bcdxa'],
    ['ab', 'xaby', 'xaby'],
  ])('%s with %s applied comes as %s', (live, applied, expected) => {
    expect(mergedOrder([...live], [...applied]).join('')).toBe(expected);
  });

  test('order holds every item once, and the applied ones as applied', () => {
    const list = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
    fc.assert(
      fc.property(list, list, (live, applied) => {
        const merged = mergedOrder(live, applied);
        expect([...merged].sort()).toEqual([...new Set([...live, ...applied])].sort());
        expect(merged.filter((x) => applied.includes(x))).toEqual(applied);
        const onlyLive = live.filter((x) => !applied.includes(x));
        expect(merged.filter((x) => onlyLive.includes(x))).toEqual(onlyLive);
      }),
    );
  });
});

describe('what does not fit', () => {
  const failed = 'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): ';
  test.each<[string, KubeObject, number, string]>([
    ['an unknown field', config({ replica: 1 }), 500, `${failed}.spec.replica: field not declared in schema`],
    [
      'a duplicate key',
      config(pods([{ name: 'c' }, { name: 'c' }])),
      500,
      `${failed}.spec.template.spec.containers: duplicate entries for key [name="c"]`,
    ],
    [
      'a key through its default',
      config(pods([{ name: 'c', ports: [{ containerPort: 1 }, { containerPort: 1, protocol: 'TCP' }] }])),
      500,
      `${failed}.spec.template.spec.containers[name="c"].ports: duplicate entries for key [containerPort=1,protocol="TCP"]`,
    ],
    [
      'a missing key',
      config(pods([{ image: 'c' }])),
      500,
      `${failed}.spec.template.spec.containers: element 0: associative list with keys has an element that omits key field "name" (and doesn't have default value)`,
    ],
    [
      'a wrong scalar',
      config(pods([{ name: 'c', env: [{ name: 'E', value: 1 }] }])),
      500,
      `${failed}.spec.template.spec.containers[name="c"].env[name="E"].value: expected string, got &value.valueUnstructured{Value:1}`,
    ],
    [
      'several',
      config({ replicas: 'x', paused: 'y', strategy: [] }),
      500,
      `${failed}errors:\n  .spec.replicas: expected numeric (int or float), got string\n  .spec.paused: expected boolean, got &{y}\n  .spec.strategy: expected map, got &{[]}`,
    ],
    ['managedFields', config({}, { managedFields: [] }), 400, 'metadata.managedFields must be nil'],
    ['another version', { ...config({}), apiVersion: 'apps/v1beta1' }, 400, 'invalid object type: apps/v1beta1, Kind=Deployment'],
    ['another kind', { ...config({}), apiVersion: 'v1', kind: 'Pod' }, 400, 'invalid object type: /v1, Kind=Pod'],
  ])('%s', (_, applied, code, message) => expect(refusal(() => apply(undefined, applied))).toMatchObject({ code, message }));
});

describe('moving over from client-side apply', () => {
  const clientSide = (spec: object): KubeObject => {
    const object = config(spec, { annotations: { [LAST_APPLIED]: JSON.stringify(config(spec)) } });
    const managedFields = trackUpdate({
      old: undefined,
      new: object,
      manager: 'kubectl-client-side-apply',
      apiVersion: 'apps/v1',
      time: T1,
      definition: deployment,
    }) as ManagedFieldsEntry[];
    return { ...object, metadata: { ...object.metadata, managedFields } };
  };

  test('kubectl takes what it applied before without force, and keeps the annotation up to date', () => {
    const object = apply(clientSide({ replicas: 1 }), config({ replicas: 2 }), { manager: 'kubectl', time: T2 }).object;
    expect(object.spec.replicas).toBe(2);
    expect(object.metadata.annotations?.[LAST_APPLIED]).toBe(
      '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},"spec":{"replicas":2}}\n',
    );
  });

  test('but not what was changed since, and under no other name', () => {
    const live = update(clientSide({ replicas: 1, paused: true }), { replicas: 4 });
    expect(refusal(() => apply(live, config({ replicas: 2, paused: false }), { manager: 'kubectl' })).message).toBe(
      'Apply failed with 1 conflict: conflict with "updater" using apps/v1: .spec.replicas',
    );
    expect(refusal(() => apply(clientSide({ replicas: 1 }), config({ replicas: 2 }), { manager: 'other' })).message).toContain(
      '"kubectl-client-side-apply"',
    );
  });

  test('a list of managers sent as a patch moves the fields, and the next apply may remove them', () => {
    const live = clientSide({ replicas: 1, paused: true });
    const [entry] = live.metadata.managedFields as [ManagedFieldsEntry];
    const sent = { ...live, metadata: { ...live.metadata, managedFields: [{ ...entry, manager: 'kubectl', operation: 'Apply' as const }] } };
    const managedFields = trackUpdate({
      old: live,
      new: sent,
      manager: 'kubectl',
      apiVersion: 'apps/v1',
      time: T2,
      definition: deployment,
    }) as ManagedFieldsEntry[];
    const object = apply({ ...sent, metadata: { ...sent.metadata, managedFields } }, config({ replicas: 1 }), { manager: 'kubectl' }).object;
    expect(object.spec).toEqual({ replicas: 1 });
  });
});

describe('laws', () => {
  const container = fc.record({ name: fc.constantFrom('a', 'b', 'c'), image: fc.constantFrom('1', '2') }, { requiredKeys: ['name'] });
  const spec = fc.record(
    {
      replicas: fc.integer({ min: 0, max: 3 }),
      paused: fc.boolean(),
      template: fc.record({ spec: fc.record({ containers: fc.uniqueArray(container, { selector: (c) => c.name, minLength: 1 }) }) }),
    },
    { requiredKeys: [] },
  );
  const labels = fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), fc.constantFrom('1', '2'));
  const configs = fc.tuple(spec, labels).map(([s, l]) => config(s, Object.keys(l).length > 0 ? { labels: l } : {}));

  test('applying twice is applying once: the second time gives back the very object', () => {
    fc.assert(
      fc.property(configs, configs, configs, (a, b, c) => {
        const live = chain([a], [b, { manager: 'two', force: true }], [c, { force: true }]);
        const again = apply(live, c, { force: true, time: T2 });
        expect(again.object).toBe(live);
      }),
      { numRuns: 30 },
    );
  });

  test('what is applied by force is what is there', () => {
    fc.assert(
      fc.property(configs, configs, (a, b) => {
        const live = chain([a], [b, { manager: 'two', force: true }]);
        expect(applyMergePatch({ spec: live.spec.paused ?? null, replicas: live.spec.replicas ?? null } as never, {})).toEqual({
          spec: b.spec.paused ?? live.spec.paused ?? null,
          replicas: b.spec.replicas ?? live.spec.replicas ?? null,
        });
        for (const wanted of b.spec.template?.spec.containers ?? []) {
          expect(live.spec.template.spec.containers.find((c: { name: string }) => c.name === wanted.name)).toMatchObject(wanted);
        }
        expect(live.metadata.labels ?? {}).toMatchObject(b.metadata.labels ?? {});
      }),
      { numRuns: 30 },
    );
  });

  test('a lone applier that applies anew leaves only the new', () => {
    fc.assert(
      fc.property(configs, configs, (a, b) => {
        const object = chain([a], [b]);
        const { managedFields: _, ...metadata } = object.metadata;
        const difference = compare(b, { ...object, metadata }, deployment);
        expect([difference.added, difference.modified, difference.removed].every(isEmpty)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
