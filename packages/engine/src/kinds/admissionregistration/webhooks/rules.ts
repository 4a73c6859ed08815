import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';

// Models validateRuleWithOperations in pkg/apis/admissionregistration/validation/validation.go.
const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];

/** A star says everything, so nothing may stand beside it. */
function validateStar(values: string[], noun: string, path: string): FieldError[] {
  if (values.length === 0) return [required(path)];
  return values.length > 1 && values.includes('*') ? [invalid(path, values, `if '*' is present, must not specify other ${noun}`)] : [];
}

function validateSubresources(resources: string[], path: string): FieldError[] {
  const wholeResources = new Set<string>();
  const wholeSubresources = new Set<string>();
  return resources.flatMap((text, i) => {
    const at = `${path}[${i}]`;
    if (text === '') return [required(at)];
    const slash = text.indexOf('/');
    if (slash < 0) return [];
    const [resource, subresource] = [text.slice(0, slash), text.slice(slash + 1)];
    const errors: FieldError[] = [];
    if (wholeResources.has(resource)) errors.push(invalid(at, text, `if '${resource}/*' is present, must not specify ${text}`));
    if (wholeSubresources.has(subresource)) errors.push(invalid(at, text, `if '*/${subresource}' is present, must not specify ${text}`));
    if (subresource === '*') wholeResources.add(resource);
    if (resource === '*') wholeSubresources.add(subresource);
    return errors;
  });
}

function validateResources(resources: string[], path: string): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const errors = validateSubresources(resources, path);
  if (resources.length > 1 && resources.includes('*/*'))
    errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  if (resources.includes('*') && resources.some((text) => text !== '*' && text !== '' && !text.includes('/'))) {
    errors.push(invalid(path, resources, "if '*' is present, must not specify other resources without subresources"));
  }
  return errors;
}

export function validateRule(rule: Part, path: string): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  return [
    ...validateStar(operations, 'operations', `${path}.operations`),
    ...(operations as string[]).flatMap((operation, i) =>
      OPERATIONS.includes(operation) ? [] : [notSupported(`${path}.operations[${i}]`, operation, OPERATIONS)],
    ),
    ...validateStar(apiGroups, 'API groups', `${path}.apiGroups`),
    ...validateStar(apiVersions, 'API versions', `${path}.apiVersions`),
    ...(apiVersions as string[]).flatMap((version, i) => (version === '' ? [required(`${path}.apiVersions[${i}]`)] : [])),
    ...validateResources(resources, `${path}.resources`),
    ...(scope === undefined || SCOPES.includes(scope) ? [] : [notSupported(`${path}.scope`, scope, SCOPES)]),
  ];
}
