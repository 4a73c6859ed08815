import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { isDns1123Label } from '../../shared/names.ts';

// Models ValidateFlowSchemaResourcePolicyRule and its sibling in pkg/apis/flowcontrol/validation/validation.go.
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];
const NAMESPACE_INTRO = "each member of this list must be '*' or a DNS-1123 label; ";

function validateVerbs(verbs: string[], path: string): FieldError[] {
  if (verbs.length === 0) return [required(path, 'verbs must contain at least one value')];
  if (verbs.includes('*')) return verbs.length > 1 ? [invalid(path, verbs, "if '*' is present, must not specify other verbs")] : [];
  return verbs.every((verb) => VERBS.includes(verb)) ? [] : [notSupported(path, verbs, VERBS)];
}

function validateStar(values: string[], noun: string, missing: string, path: string): FieldError[] {
  if (values.length === 0) return [required(path, missing)];
  return values.includes('*') && values.length > 1 ? [invalid(path, values, `if '*' is present, must not specify other ${noun}`)] : [];
}

function validateNamespaces(rule: Part, path: string): FieldError[] {
  const namespaces: string[] = rule.namespaces ?? [];
  if (namespaces.length === 0 && !rule.clusterScope) {
    return [required(path, 'resource rules that are not cluster scoped must supply at least one namespace')];
  }
  if (namespaces.includes('*')) {
    return namespaces.length > 1 ? [invalid(path, namespaces, "if '*' is present, must not specify other namespaces")] : [];
  }
  return namespaces.flatMap((namespace, i) =>
    isDns1123Label(namespace).map((message) => invalid(`${path}[${i}]`, namespace, NAMESPACE_INTRO + message)),
  );
}

export const validateResourceRule = (rule: Part, path: string): FieldError[] => [
  ...validateVerbs(rule.verbs ?? [], `${path}.verbs`),
  ...validateStar(rule.apiGroups ?? [], 'api groups', 'resource rules must supply at least one api group', `${path}.apiGroups`),
  ...validateStar(rule.resources ?? [], 'resources', 'resource rules must supply at least one resource', `${path}.resources`),
  ...validateNamespaces(rule, `${path}.namespaces`),
];

function validateUrlPath(url: string, path: string): FieldError[] {
  if (url === '') return [invalid(path, url, 'must not be empty')];
  if (!url.startsWith('/')) return [invalid(path, url, 'must start with slash')];
  if (url.includes(' ')) return [invalid(path, url, 'must not contain white-space')];
  if (url.includes('//')) return [invalid(path, url, 'must not contain double slash')];
  return url.replace(/\/\*$/, '').includes('*') ? [invalid(path, url, 'wildcard can only do suffix matching')] : [];
}

export function validateNonResourceRule(rule: Part, path: string): FieldError[] {
  const urls: string[] = rule.nonResourceURLs ?? [];
  const at = `${path}.nonResourceURLs`;
  const errors = [
    ...validateVerbs(rule.verbs ?? [], `${path}.verbs`),
    ...validateStar(urls, 'non-resource URLs', 'nonResourceURLs must contain at least one value', at),
  ];
  return urls.includes('*') ? errors : [...errors, ...urls.flatMap((url, i) => validateUrlPath(url, `${at}[${i}]`))];
}
