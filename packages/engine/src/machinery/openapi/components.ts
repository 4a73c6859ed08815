import { type Definition, definition, type Field, type FieldType, type Scalar } from '@vivakube/schema';
import { type Docs, docsOf } from '@vivakube/schema/docs';

export type Json = Record<string, unknown>;

/** Models k8s.io/kube-openapi: the names of Go packages, with dots. */
export function componentName(name: string): string {
  if (name.startsWith('meta.v1.')) return `io.k8s.apimachinery.pkg.apis.${name}`;
  if (name.startsWith('apiextensions.v1.')) return `io.k8s.apiextensions-apiserver.pkg.apis.${name}`;
  if (name.startsWith('apiregistration.v1.')) return `io.k8s.kube-aggregator.pkg.apis.${name}`;
  if (name.startsWith('metrics.v1beta1.')) return `io.k8s.metrics.pkg.apis.${name}`;
  return `io.k8s.api.${name}`;
}

const MACHINERY = 'io.k8s.apimachinery.pkg';

/** Scalars that have a component of their own. */
const NAMED: Partial<Record<Scalar, [name: string, schema: Json]>> = {
  time: [`${MACHINERY}.apis.meta.v1.Time`, { description: 'Time is written as RFC 3339 in whole seconds.', type: 'string', format: 'date-time' }],
  microtime: [
    `${MACHINERY}.apis.meta.v1.MicroTime`,
    { description: 'MicroTime is written as RFC 3339 with microseconds.', type: 'string', format: 'date-time' },
  ],
  quantity: [
    `${MACHINERY}.api.resource.Quantity`,
    {
      description: 'Quantity is an amount with a decimal (n, u, m, k, M, G, T, P, E) or binary (Ki, Mi, Gi, Ti, Pi, Ei) suffix.',
      oneOf: [{ type: 'string' }, { type: 'number' }],
    },
  ],
  intOrString: [
    `${MACHINERY}.util.intstr.IntOrString`,
    { description: 'IntOrString is a whole number or a text.', format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  ],
  object: [`${MACHINERY}.runtime.RawExtension`, { description: 'RawExtension holds an object of any kind.', type: 'object' }],
  any: ['io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON', { description: 'JSON is any valid JSON value.' }],
};

const PLAIN: Partial<Record<Scalar, Json>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
};

/** Go's name of the one free object that has a component of its own. */
const FIELDS_V1: [goType: string, component: [name: string, schema: Json]] = [
  'v1.FieldsV1',
  [`${MACHINERY}.apis.meta.v1.FieldsV1`, { description: 'FieldsV1 is a set of fields, as a tree in JSON.', type: 'object' }],
];

/** The schemas of a document: those asked for, and all that they refer to. */
export class Components {
  readonly schemas: Json = {};

  /** A reference to a built-in definition, which becomes part of the document. */
  reference(name: string): Json {
    const component = componentName(name);
    if (!Object.hasOwn(this.schemas, component)) {
      this.schemas[component] = {};
      this.schemas[component] = this.schemaOf(definition(name), docsOf(name));
    }
    return { $ref: `#/components/schemas/${component}` };
  }

  /** A schema that is no built-in one. */
  add(component: string, schema: Json): Json {
    this.schemas[component] = schema;
    return { $ref: `#/components/schemas/${component}` };
  }

  schemaOf(type: Definition, docs: Docs | undefined): Json {
    const properties: Json = {};
    for (const [name, field] of type.fields) properties[name] = this.property(field, docs?.[1][name], docs?.[2][name]);
    return {
      ...(docs && docs[0] !== '' ? { description: docs[0] } : {}),
      type: 'object',
      ...(type.required.length > 0 ? { required: type.required } : {}),
      properties,
      ...(type.preserveUnknown ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
      ...(type.gvk ? { 'x-kubernetes-group-version-kind': [type.gvk] } : {}),
      ...(type.mapType ? { 'x-kubernetes-map-type': type.mapType } : {}),
    };
  }

  private property(field: Field, description: string | undefined, values: string[] | undefined): Json {
    const schema = field.goType === FIELDS_V1[0] ? this.add(...FIELDS_V1[1]) : this.typeSchema(field.type, values);
    const beside = '$ref' in schema ? { allOf: [schema] } : schema;
    return {
      ...(description ? { description } : {}),
      ...beside,
      ...(field.default === undefined ? {} : { default: field.default }),
      ...(field.listType ? { 'x-kubernetes-list-type': field.listType } : {}),
      ...(field.listMapKeys ? { 'x-kubernetes-list-map-keys': field.listMapKeys } : {}),
      ...(field.mapType ? { 'x-kubernetes-map-type': field.mapType } : {}),
      ...(field.patchStrategy ? { 'x-kubernetes-patch-strategy': field.patchStrategy.join(',') } : {}),
      ...(field.patchMergeKey ? { 'x-kubernetes-patch-merge-key': field.patchMergeKey } : {}),
    };
  }

  private typeSchema(type: FieldType, values?: string[]): Json {
    switch (type.kind) {
      case 'scalar':
        return this.scalarSchema(type.scalar, values);
      case 'list':
        return { type: 'array', items: this.itemSchema(type.item, values) };
      case 'map':
        return { type: 'object', additionalProperties: this.itemSchema(type.item, values) };
      case 'ref':
        return this.reference(type.name);
      case 'inline':
        return this.schemaOf(type.definition, undefined);
    }
  }

  private itemSchema(type: FieldType, values: string[] | undefined): Json {
    const schema = this.typeSchema(type, values);
    return '$ref' in schema ? { allOf: [schema], default: {} } : schema;
  }

  private scalarSchema(scalar: Scalar, values: string[] | undefined): Json {
    const plain = PLAIN[scalar];
    if (plain !== undefined) return values ? { ...plain, enum: values } : plain;
    const [name, schema] = NAMED[scalar] as [string, Json];
    return this.add(name, schema);
  }
}
