import { beforeEach, describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const WIDGETS = '/apis/example.com/v1/namespaces/default/widgets';

const openAPIV3Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1 },
        color: { type: 'string', default: 'red' },
        free: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        parts: { type: 'object', additionalProperties: { type: 'object', properties: { count: { type: 'integer', default: 1 } } } },
      },
    },
    status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};
const version = {
  name: 'v1',
  served: true,
  storage: true,
  schema: { openAPIV3Schema },
  subresources: { status: {} },
  additionalPrinterColumns: [
    { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
    { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  ],
};
const definition = (names: object, name: string, versions: object[] = [version]): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name },
  spec: { group: 'example.com', scope: 'Namespaced', names, versions },
});
const widgets = definition({ plural: 'widgets', kind: 'Widget', shortNames: ['wd'] }, 'widgets.example.com');
const widget = (spec: object, name = 'a'): object => ({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name }, spec });

let w: World;
beforeEach(() => {
  w = world({ workers: 0 });
  w.request('POST', DEFINITIONS, widgets);
});
const conditions = (name: string): string[] =>
  (w.object(`apiextensions.k8s.io/customresourcedefinitions//${name}`)?.status?.conditions ?? []).map(
    (condition: { type: string; status: string; reason: string }) => `${condition.type}=${condition.status} ${condition.reason}`,
  );

describe('a definition', () => {
  it('is established and served', () => {
    expect(conditions('widgets.example.com')).toEqual(['NamesAccepted=True NoConflicts', 'Established=True InitialNamesAccepted']);
    const { body } = w.request('GET', '/apis/example.com/v1');
    expect(body.resources.map((resource: { name: string }) => resource.name)).toEqual(['widgets', 'widgets/status']);
  });

  it('waits for names that are taken', () => {
    w.request('POST', DEFINITIONS, definition({ plural: 'gadgets', kind: 'Gadget', shortNames: ['wd'] }, 'gadgets.example.com'));
    expect(conditions('gadgets.example.com')).toEqual(['NamesAccepted=False ShortNamesConflict', 'Established=False NotAccepted']);
    w.request('DELETE', `${DEFINITIONS}/widgets.example.com`);
    expect(conditions('gadgets.example.com')).toEqual(['NamesAccepted=True NoConflicts', 'Established=True InitialNamesAccepted']);
  });

  it('is granted those of its names that are free', () => {
    const names = { plural: 'gadgets', kind: 'Gadget', shortNames: ['wd', 'widgets'], listKind: 'WidgetList' };
    w.request('POST', DEFINITIONS, definition(names, 'gadgets.example.com'));
    const { status } = w.object('apiextensions.k8s.io/customresourcedefinitions//gadgets.example.com') as { status?: any };
    expect(status.acceptedNames).toEqual({ plural: 'gadgets', singular: 'gadget', kind: 'Gadget' });
    expect(status.conditions[0]).toMatchObject({ reason: 'ListKindConflict', message: '"WidgetList" is already in use' });
    w.request(
      'PATCH',
      `${DEFINITIONS}/gadgets.example.com`,
      { spec: { names: { listKind: 'GadgetList' } } },
      { contentType: 'application/merge-patch+json' },
    );
    const after = w.object('apiextensions.k8s.io/customresourcedefinitions//gadgets.example.com')?.status.conditions[0];
    expect(after.message).toBe('["wd" is already in use, "widgets" is already in use]');
  });

  it('goes after its instances', () => {
    w.request('POST', WIDGETS, { ...widget({ size: 1 }), metadata: { name: 'a', finalizers: ['example.com/wait'] } });
    w.request('DELETE', `${DEFINITIONS}/widgets.example.com`);
    expect(conditions('widgets.example.com')).toContain('Terminating=True InstanceDeletionInProgress');
    const late = w.request('POST', WIDGETS, widget({ size: 1 }, 'b'));
    expect(`${late.code} ${late.body.message}`).toBe('405 create not allowed while custom resource definition is terminating');
    w.request('PATCH', `${WIDGETS}/a`, { metadata: { finalizers: null } }, { contentType: 'application/merge-patch+json' });
    expect(w.object('apiextensions.k8s.io/customresourcedefinitions//widgets.example.com')).toBeUndefined();
    expect(w.request('GET', WIDGETS).code).toBe(404);
  });
});

describe('an instance', () => {
  it('is pruned and filled in', () => {
    const { body } = w.request('POST', WIDGETS, widget({ size: 2, tags: [], parts: { a: {} }, unknown: true, color: null, free: null }));
    expect(body.spec).toEqual({ size: 2, tags: [], parts: { a: { count: 1 } }, color: 'red' });
  });

  it('loses nulls that its schema does not allow', () => {
    const { body } = w.request('POST', WIDGETS, { ...widget({}), spec: null });
    expect([body.message, 'spec' in body]).toEqual([undefined, false]);
  });

  it('is of its own kind and version', () => {
    const post = (more: object) => w.request('POST', WIDGETS, { ...widget({ size: 1 }), ...more }).body.message;
    expect(post({ apiVersion: 'example.com/v9' })).toBe(
      'the API version in the data (example.com/v9) does not match the expected API version (example.com/v1)',
    );
    expect(post({ kind: 'Gadget' })).toBe('Widget.example.com "" is invalid: kind: Invalid value: "Gadget": must be Widget');
  });

  it.each([
    [{ size: 'x' }, 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"'],
    [{}, 'spec.size: Required value'],
    [
      { size: 0, tags: ['a', 'a'] },
      '[spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1, spec.tags[1]: Duplicate value: "a"]',
    ],
  ])('is checked: %j', (spec, message) => {
    expect(w.request('POST', WIDGETS, widget(spec)).body.message).toBe(`Widget.example.com "a" is invalid: ${message}`);
  });

  it('is refused for unknown fields when asked to be strict', () => {
    expect(w.request('POST', `${WIDGETS}?fieldValidation=Strict`, widget({ size: 1, foo: 1 })).body.message).toBe(
      'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.foo"',
    );
  });

  it('has a status of its own, prints its columns and counts generations', () => {
    w.request('POST', WIDGETS, widget({ size: 1 }));
    const merge = { contentType: 'application/merge-patch+json' };
    w.request('PATCH', `${WIDGETS}/a/status`, { status: { conditions: [{ type: 'Ready', status: 'True' }] } }, merge);
    const { body } = w.request('PATCH', `${WIDGETS}/a`, { spec: { size: 3 } }, merge);
    expect(body).toMatchObject({ metadata: { generation: 2 }, status: { conditions: [{ type: 'Ready' }] } });
    const table = w.request('GET', WIDGETS, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }).body;
    expect(table.rows[0].cells).toEqual(['a', 3, 'True']);
  });

  it('is merged by server-side apply as its schema says', () => {
    for (const [manager, tag] of [
      ['one', 'a'],
      ['two', 'b'],
    ] as const) {
      w.request('PATCH', `${WIDGETS}/a?fieldManager=${manager}`, widget({ size: 1, tags: [tag] }), { contentType: 'application/apply-patch+yaml' });
    }
    expect(w.request('GET', `${WIDGETS}/a`).body.spec.tags).toEqual(['a', 'b']);
  });

  it('is shown in the version that was asked for', () => {
    const second = { ...version, name: 'v2', storage: false };
    w.request(
      'PATCH',
      `${DEFINITIONS}/widgets.example.com`,
      { spec: { versions: [version, second] } },
      { contentType: 'application/merge-patch+json' },
    );
    w.request('POST', WIDGETS, widget({ size: 1 }));
    expect(w.request('GET', WIDGETS.replace('v1', 'v2')).body.items[0].spec).toEqual({ size: 1, color: 'red' });
    expect(w.request('GET', `${WIDGETS.replace('v1', 'v2')}/a`).body.apiVersion).toBe('example.com/v2');
  });
});
