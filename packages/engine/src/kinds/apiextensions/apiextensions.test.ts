import { describe, expect, it } from 'vitest';
import { changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { validateEmbedded } from './custom/embedded.ts';
import { customResourceDefinition } from './customresourcedefinitions/kind.ts';
import { validateValue } from './schema/values.ts';

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: { size: { type: 'integer', minimum: 1 }, color: { type: 'string', enum: ['red', 'blue'], default: 'red' } },
    },
  },
};
const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
const widgets = {
  metadata: { name: 'widgets.example.com' },
  spec: { group: 'example.com', scope: 'Namespaced', names: { plural: 'widgets', kind: 'Widget' }, versions: [version] },
};
const context = {} as never;

describe('definitions', () => {
  it('name their lists and remember what they store', () => {
    const made = defaulted(customResourceDefinition, widgets);
    customResourceDefinition.prepareForCreate?.(made, context);
    expect(made).toMatchObject({
      spec: { names: { singular: 'widget', listKind: 'WidgetList' }, conversion: { strategy: 'None' } },
      status: { storedVersions: ['v1'] },
    });
    expect(refusals(customResourceDefinition, widgets, context)).toEqual([]);
  });

  it('say where a finding is: under the spec what all versions share, else under its version', () => {
    const first = { ...version, additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: 'a' }] };
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec: {} } } };
    const two = { ...widgets.spec, versions: [first, { ...first, name: 'v2', storage: false, schema }] };
    expect(refusals(customResourceDefinition, { ...widgets, spec: two }, context)).toEqual([
      'spec.versions[1].schema.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields',
      'spec.additionalPrinterColumns[0].JSONPath: Invalid value: "a": must be a simple json path starting with .',
    ]);
  });

  it('with a status of their own say little at the root', () => {
    const strict = { ...version, subresources: { status: {} }, schema: { openAPIV3Schema: { type: 'object', minProperties: 1 } } };
    expect(refusals(customResourceDefinition, changed(widgets, 'spec.versions.0', strict), context)).toEqual([
      expect.stringMatching(/^spec.validation.openAPIV3Schema: .*: only \[Description Type .* XValidations\] fields are allowed at the root/),
    ]);
  });

  it('keep the versions that something may be stored in', () => {
    const stored = { ...widgets, status: { storedVersions: ['v1'] } };
    const renamed = changed(stored, 'spec.versions.0.name', 'v2');
    const detail =
      'missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions';
    expect(changeRefusals(customResourceDefinition, stored, renamed)).toContain(`status.storedVersions[0]: Invalid value: "v1": ${detail}`);
  });

  const root = 'spec.validation.openAPIV3Schema';
  const property = 'spec.versions.0.schema.openAPIV3Schema.properties.spec.properties';
  it.each([
    ['metadata.name', 'w.example.com', ['metadata.name: Invalid value: "w.example.com": must be spec.names.plural+"."+spec.group']],
    ['spec.scope', 'Galaxy', ['spec.scope: Unsupported value: "Galaxy": supported values: "Cluster", "Namespaced"']],
    ['spec.versions.0.schema', undefined, ['spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required']],
    [
      `${property}.size.type`,
      undefined,
      [`${root}.properties[spec].properties[size].type: Required value: must not be empty for specified object fields`],
    ],
    [
      `${property}.color.default`,
      'green',
      [`${root}.properties[spec].properties[color].default: Unsupported value: "green": supported values: "red", "blue"`],
    ],
    [
      'spec.versions.0.deprecationWarning',
      'old',
      ['spec.versions[0].deprecationWarning: Invalid value: "old": can only be set for deprecated versions'],
    ],
    [
      `${property}.tags`,
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['a', 'b'],
        items: { type: 'object', nullable: true, required: ['a'], properties: { a: { type: 'string', nullable: true }, b: { type: 'string' } } },
      },
      [
        `${root}.properties[spec].properties[tags].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is map`,
        `${root}.properties[spec].properties[tags].items.properties[a].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable`,
        `${root}.properties[spec].properties[tags].items.properties[b].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property`,
      ],
    ],
    [
      `${property}.size.x-kubernetes-validations`,
      [{ rule: '', messageExpression: ' ', fieldPath: '.a' }],
      [
        `${root}.properties[spec].properties[size].x-kubernetes-validations[0].rule: Required value: rule is not specified`,
        `${root}.properties[spec].properties[size].x-kubernetes-validations[0].messageExpression: Required value: messageExpression must be non-empty if specified`,
        `${root}.properties[spec].properties[size].x-kubernetes-validations[0].fieldPath: Invalid value: ".a": fieldPath must be a valid path`,
      ],
    ],
    [
      'spec.versions.0.schema.openAPIV3Schema.properties.metadata',
      { type: 'object', properties: { name: { type: 'string', default: 'x' } } },
      [`${root}.properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata`],
    ],
    [`${property}.tags`, { type: 'array' }, [`${root}.properties[spec].properties[tags].items: Required value: must be specified`]],
    [
      'spec.versions.0.selectableFields',
      [{ jsonPath: '.spec.color' }, { jsonPath: '.spec.nope' }, { jsonPath: '.spec' }, { jsonPath: '.spec.color' }],
      [
        'spec.selectableFields[1].jsonPath: Invalid value: ".spec.nope": is an invalid path: does not refer to a valid field',
        'spec.selectableFields[2].jsonPath: Invalid value: ".spec": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
        'spec.selectableFields[3].jsonPath: Duplicate value: ".spec.color"',
      ],
    ],
    [
      `${property}.size.pattern`,
      '(',
      [
        `${root}.properties[spec].properties[size].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): \`(\``,
      ],
    ],
    [
      `${property}.set`,
      { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'object', properties: { a: { type: 'string' } } } },
      [
        `${root}.properties[spec].properties[set].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set`,
      ],
    ],
    [
      `${property}.part`,
      { type: 'object', properties: { a: { type: 'string' } }, default: { a: 'x', b: 1 } },
      [`${root}.properties[spec].properties[part].default: Invalid value: {"a":"x","b":1}: must not have unknown fields`],
    ],
    [
      `${property}.size.anyOf`,
      [{ items: { minLength: 1 } }, { properties: { a: { minimum: 1 } } }],
      [
        `${root}.properties[spec].properties[size].items: Required value: because it is defined in ${root}.properties[spec].properties[size].anyOf[0].items`,
        `${root}.properties[spec].properties[size].properties[a]: Required value: because it is defined in ${root}.properties[spec].properties[size].anyOf[1].properties[a]`,
      ],
    ],
    [
      `${property}.size.anyOf`,
      [{ 'x-kubernetes-int-or-string': true, nullable: true, default: 1 }, { not: { additionalProperties: { minimum: 1 } } }],
      [
        `${root}.properties[spec].properties[size].anyOf[0].default: Forbidden: must be undefined to be structural`,
        `${root}.properties[spec].properties[size].anyOf[0].nullable: Forbidden: must be false to be structural`,
        `${root}.properties[spec].properties[size].anyOf[0].x-kubernetes-int-or-string: Forbidden: must be false to be structural`,
        `${root}.properties[spec].properties[size].anyOf[1].not.additionalProperties: Forbidden: must be undefined to be structural`,
      ],
    ],
    [
      'spec.versions.0.schema.openAPIV3Schema.oneOf',
      [{ properties: { spec: { type: 'object', properties: { size: { description: 'big', maximum: 3 } } } } }, { properties: { metadata: {} } }],
      [
        `${root}.oneOf[0].properties[spec].properties[size].description: Forbidden: must be empty to be structural`,
        `${root}.oneOf[0].properties[spec].type: Forbidden: must be empty to be structural`,
        `${root}.oneOf[1].properties[metadata]: Forbidden: must not be specified in a nested context`,
        `${root}.properties[metadata]: Required value: because it is defined in ${root}.oneOf[1].properties[metadata]`,
      ],
    ],
    [`${property}.port`, { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }, []],
    [`${property}.port`, { 'x-kubernetes-int-or-string': true, allOf: [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, { maxLength: 2 }] }, []],
    [
      `${property}.port`,
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'string' }, { type: 'integer' }] },
      [0, 1].map((i) => `${root}.properties[spec].properties[port].anyOf[${i}].type: Forbidden: must be empty to be structural`),
    ],
    [
      'spec.versions.0.schema.openAPIV3Schema.properties.metadata',
      { type: 'object', description: 'ours', properties: { name: { type: 'string', maxLength: 9 } } },
      [`${root}.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified`],
    ],
    [
      'spec.versions.0.schema.openAPIV3Schema',
      { type: 'object', additionalProperties: { type: 'string' } },
      [`${root}.additionalProperties: Forbidden: must not be used at the root`],
    ],
    [
      'spec.conversion',
      { strategy: 'Webhook', webhook: { clientConfig: { url: 'http://a' }, conversionReviewVersions: ['v2'] } },
      [
        `spec.conversion.webhookClientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
        'spec.conversion.conversionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
      ],
    ],
    [
      'spec.conversion',
      { strategy: 'None', webhook: { conversionReviewVersions: ['v1'] } },
      ['spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook'],
    ],
    [
      'spec.versions',
      [version, { ...version, served: false, storage: false }],
      [expect.stringMatching(/^spec\.versions: Invalid value: .*: must contain unique version names$/)],
    ],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(customResourceDefinition, changed(widgets, path, value), context)).toEqual(expected);
  });

  it('keep group and plural', () => {
    const before = defaulted(customResourceDefinition, widgets);
    customResourceDefinition.prepareForCreate?.(before, context);
    expect(changeRefusals(customResourceDefinition, before, changed(before, 'spec.names.plural', 'gadgets'))).toEqual([
      'spec.names.plural: Invalid value: "gadgets": field is immutable',
    ]);
  });
});

it.each([
  [{ spec: {} }, ['spec.size: Required value']],
  [{ spec: { size: 0 } }, ['spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1']],
  [{ spec: { size: 'x' } }, ['spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"']],
  [{ spec: { size: 2, color: 'green' } }, ['spec.color: Unsupported value: "green": supported values: "red", "blue"']],
  [{ spec: { size: 2, color: 'red' } }, []],
])('values %j', (value, expected) => {
  expect(validateValue(value, schema, { field: '', name: '' }).map((error) => `${error.field}: ${error.body}`)).toEqual(expected);
});

const holder = { type: 'object', properties: { template: { type: 'object', 'x-kubernetes-embedded-resource': true } } };
it.each([
  [{ apiVersion: 'v1', kind: 'Pod', metadata: {} }, []],
  [{ kind: 'pod_x' }, ['template.apiVersion: Required value', expect.stringMatching(/^template\.kind: Invalid value: "pod_x": may have mixed case/)]],
  [
    { apiVersion: 'a/b/c', kind: 'Pod', metadata: { name: 'a/b' } },
    [
      'template.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
      `template.metadata.name: Invalid value: "a/b": may not contain '/'`,
    ],
  ],
])('resources within a resource %j', (template, expected) => {
  expect(validateEmbedded({ template }, holder, '').map((error) => `${error.field}: ${error.body}`)).toEqual(expected);
});
