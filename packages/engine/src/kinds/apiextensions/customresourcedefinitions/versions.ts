import { duplicate, type FieldError, forbiddenField, invalid, required, tooMany } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { byteLength } from '../../shared/text.ts';
import { TotalCost } from '../rules/costs.ts';
import { fieldPathNames, schemaAt } from '../rules/field-path.ts';
import { validateDefaults } from '../schema/defaults.ts';
import { validateOpenApi } from '../schema/openapi.ts';
import { validateStructural } from '../schema/structural.ts';
import type { JsonSchema } from '../schema/types.ts';

// Models the parts of a version in pkg/apis/apiextensions/validation/validation.go of k8s.io/apiextensions-apiserver.
const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const SELECTABLE_TYPES = ['string', 'boolean', 'integer'];
const SELECTABLE = 'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
const SELECTABLE_MAX = 8;
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

const simplePath = (value: string, path: string): FieldError[] =>
  value.startsWith('.') ? [] : [invalid(path, value, 'must be a simple json path starting with .')];

function validateScalePath(value: string, roots: string[], path: string): FieldError[] {
  if (value === '') return [required(path)];
  const errors = simplePath(value, path);
  if (errors.length > 0 || roots.some((root) => value.startsWith(`${root}.`))) return errors;
  return [
    invalid(path, value, roots.length > 1 ? `should be a json path under either ${roots.join(' or ')}` : `should be a json path under ${roots[0]}`),
  ];
}

function validateScale(scale: Part, path: string): FieldError[] {
  return [
    ...validateScalePath(scale.specReplicasPath ?? '', ['.spec'], `${path}.specReplicasPath`),
    ...validateScalePath(scale.statusReplicasPath ?? '', ['.status'], `${path}.statusReplicasPath`),
    ...(scale.labelSelectorPath ? validateScalePath(scale.labelSelectorPath, ['.spec', '.status'], `${path}.labelSelectorPath`) : []),
  ];
}

function validateColumn(column: Part, path: string): FieldError[] {
  const errors = column.name ? [] : [required(`${path}.name`)];
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  if (!column.type) errors.push(required(`${path}.type`, types));
  else if (!COLUMN_TYPES.includes(column.type)) errors.push(invalid(`${path}.type`, column.type, types));
  if (column.format && !COLUMN_FORMATS.includes(column.format)) {
    errors.push(invalid(`${path}.format`, column.format, `must be one of ${COLUMN_FORMATS.join(',')}`));
  }
  return [...errors, ...(column.jsonPath ? simplePath(column.jsonPath, `${path}.JSONPath`) : [required(`${path}.JSONPath`)])];
}

const STATUS_ROOT = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';

/** As the server's type names them. */
const ROOT_FIELDS =
  'Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems ' +
  'MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations';
const ONLY_AT_ROOT = `only [${ROOT_FIELDS}] fields are allowed at the root of the schema if the status subresource is enabled`;

/** Whether a keyword keeps its meaning where the status is validated by its part of the schema alone. */
function isOfStatus(keyword: string, schema: JsonSchema): boolean {
  const value = (schema as Part)[keyword];
  if (value === undefined || value === false || value === '' || (Array.isArray(value) && value.length === 0)) return true;
  const name = keyword.replace(/^x-kubernetes/, 'x').replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
  return ROOT_FIELDS.split(' ').includes(name);
}

function validateSchema(schema: JsonSchema, hasStatus: boolean, path: string, isNew: boolean): FieldError[] {
  const errors: FieldError[] = [];
  if (hasStatus && schema.type && schema.type !== 'object') errors.push(invalid(`${path}.type`, schema.type, STATUS_ROOT));
  else if (hasStatus && Object.keys(schema).some((keyword) => !isOfStatus(keyword, schema))) errors.push(invalid(path, schema, ONLY_AT_ROOT));
  if (schema.nullable) errors.push(forbiddenField(`${path}.nullable`, 'nullable cannot be true at the root'));
  const structural = validateStructural(schema, path);
  errors.push(...(structural.length > 0 ? structural : validateDefaults(schema, path)));
  const total = new TotalCost();
  // What has been accepted before stays acceptable, whatever it costs.
  const costs = isNew ? { costs: { occurrencesMax: 1, total } } : {};
  return [...errors, ...validateOpenApi(schema, path, { isRoot: true, compiles: structural.length === 0, ...costs }), ...total.errors(path)];
}

/** Models ValidateCustomResourceSelectableFields. */
function validateSelectableFields(fields: Part[], schema: JsonSchema, path: string): FieldError[] {
  const seen = new Set<string>();
  const errors = fields.flatMap(({ jsonPath = '' }, i) => {
    if (jsonPath === '') return [required(`${path}[${i}].jsonPath`)];
    const names = jsonPath.includes('[') ? undefined : fieldPathNames(jsonPath);
    const problem = jsonPath.includes('[') ? 'array notation is not allowed' : `expected [ or . but got: ${jsonPath}`;
    if (names === undefined) return [invalid(`${path}[${i}].jsonPath`, jsonPath, `is an invalid path: ${problem}`)];
    const target = schemaAt(schema, names);
    if (!target) return [invalid(`${path}[${i}].jsonPath`, jsonPath, 'is an invalid path: does not refer to a valid field')];
    const found = names[0] === 'metadata' ? [invalid(`${path}[${i}].jsonPath`, jsonPath, 'must not point to fields in metadata')] : [];
    if (!SELECTABLE_TYPES.includes(target.type ?? '')) found.push(invalid(`${path}[${i}].jsonPath`, jsonPath, SELECTABLE));
    if (seen.has(jsonPath)) found.push(duplicate(`${path}[${i}].jsonPath`, jsonPath));
    seen.add(jsonPath);
    return found;
  });
  return seen.size > SELECTABLE_MAX ? [...errors, tooMany(path, seen.size, SELECTABLE_MAX)] : errors;
}

const PARTS = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;
export type VersionPart = (typeof PARTS)[number];

/** What all versions have in common is the spec's own internally; so say the paths of findings. */
export const sharedParts = (versions: Part[]): Set<VersionPart> =>
  new Set(versions.length === 0 ? [] : PARTS.filter((part) => versions.every((version) => semanticEqual(version[part], versions[0]?.[part]))));

/** The parts of a version that are not elsewhere: without a path they are left out. */
export function validateVersionParts(
  version: Part,
  pathOf: (part: VersionPart) => string | undefined,
  { hasStatus, before }: { hasStatus: boolean; before: Part | undefined },
): FieldError[] {
  const errors: FieldError[] = [];
  const schema = version.schema?.openAPIV3Schema;
  const at = Object.fromEntries(PARTS.map((part) => [part, pathOf(part)])) as Record<VersionPart, string | undefined>;
  const isKnown = before !== undefined && semanticEqual(before.schema, version.schema);
  if (at.schema && schema) errors.push(...validateSchema(schema, hasStatus, `${at.schema}.openAPIV3Schema`, !isKnown));
  if (at.subresources && version.subresources?.scale) errors.push(...validateScale(version.subresources.scale, `${at.subresources}.scale`));
  if (at.additionalPrinterColumns) {
    const columns: Part[] = version.additionalPrinterColumns ?? [];
    errors.push(...columns.flatMap((column, i) => validateColumn(column, `${at.additionalPrinterColumns}[${i}]`)));
  }
  if (at.selectableFields && version.selectableFields) {
    errors.push(...validateSelectableFields(version.selectableFields, schema ?? {}, at.selectableFields));
  }
  return errors;
}

const WARNING_BYTES_MAX = 256;

/** Models validateDeprecationWarning. */
export function validateDeprecationWarning({ deprecated, deprecationWarning: warning }: Part, path: string): FieldError[] {
  if (warning === undefined) return [];
  if (!deprecated) return [invalid(path, warning, 'can only be set for deprecated versions')];
  const errors: FieldError[] = [];
  if (byteLength(warning) > WARNING_BYTES_MAX) errors.push(invalid(path, warning, `must be <= ${WARNING_BYTES_MAX} characters long`));
  if (warning === '') errors.push(invalid(path, warning, 'must not be an empty string'));
  const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.exec(warning);
  if (unprintable) {
    const index = byteLength(warning.slice(0, unprintable.index));
    errors.push(invalid(path, warning, `must only contain printable UTF-8 characters; non-printable character found at index ${index}`));
  }
  return errors;
}
