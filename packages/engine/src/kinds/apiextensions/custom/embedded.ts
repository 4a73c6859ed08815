import type { ObjectMeta } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { validateObjectMeta } from '../../shared/metadata.ts';
import { isDns1035Label, nameIsPathSegment } from '../../shared/names.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from '../schema/types.ts';

type Data = Record<string, unknown>;

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An embedded resource may do without a name. */
const SOME_NAME = 'fakename';

function checkText(value: unknown, path: string, problem: (text: string) => string): FieldError[] {
  if (value === undefined || value === '') return [required(path)];
  if (typeof value !== 'string') return [invalid(path, value, 'must be a string')];
  const found = problem(value);
  return found === '' ? [] : [invalid(path, value, found)];
}

const groupVersionProblem = (text: string): string => (text.split('/').length > 2 ? `unexpected GroupVersion string: ${text}` : '');

function kindProblem(text: string): string {
  const problems = isDns1035Label(text.toLowerCase());
  return problems.length > 0 ? `may have mixed case, but should otherwise match: ${problems.join(',')}` : '';
}

function checkResource({ apiVersion, kind, metadata }: Data, at: (field: string) => string): FieldError[] {
  const errors = [...checkText(apiVersion, at('apiVersion'), groupVersionProblem), ...checkText(kind, at('kind'), kindProblem)];
  if (!isObject(metadata)) return errors;
  const meta = { ...metadata, name: metadata.name || SOME_NAME } as ObjectMeta;
  const rules = { namespaced: Boolean(meta.namespace), nameRule: nameIsPathSegment, anyFinalizer: true };
  return [...errors, ...validateObjectMeta(meta, rules, at('metadata'))];
}

/** Resources within a resource are named as all resources are. Models pkg/apiserver/schema/objectmeta of k8s.io/apiextensions-apiserver. */
export function validateEmbedded(value: unknown, schema: JsonSchema, path: string): FieldError[] {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return items ? value.flatMap((item, i) => validateEmbedded(item, items, `${path}[${i}]`)) : [];
  }
  if (!isObject(value)) return [];
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  const values = valuesOf(schema);
  const others = values ? Object.keys(value).filter((key) => !Object.hasOwn(schema.properties ?? {}, key)) : [];
  return [
    ...(schema['x-kubernetes-embedded-resource'] ? checkResource(value, at) : []),
    ...propertiesOf(schema).flatMap(([key, property]) => (Object.hasOwn(value, key) ? validateEmbedded(value[key], property, at(key)) : [])),
    ...others.flatMap((key) => validateEmbedded(value[key], values as JsonSchema, `${path}[${key}]`)),
  ];
}
