import { type Definition, definitionNames, definition as definitionOf } from '@vivakube/schema';
import { invalid, invalidObject } from '../field.ts';
import { type ApiError, badRequest } from '../status.ts';
import { goTypeOfDefinition } from './goNames.ts';
import type { TypeMeta } from './interpret.ts';

export interface Expectation {
  definition: Definition;
  apiVersion: string;
  kind: string;
}

/** Versions that are no longer served but that kube-apiserver still knows how to read. */
const KNOWN_BY_NAME =
  /^(?:extensions\/v1beta1|(?:apps|batch|policy|events\.k8s\.io|networking\.k8s\.io|autoscaling|discovery\.k8s\.io|storage\.k8s\.io)\/v[12](?:alpha|beta)\d)$/;

let registered: Map<string, string> | undefined;

/** Names of the definitions of top-level kinds, by `apiVersion kind`. */
function kindsOfScheme(): Map<string, string> {
  if (registered !== undefined) return registered;
  registered = new Map();
  for (const name of definitionNames()) {
    const { gvk } = definitionOf(name);
    if (gvk !== undefined) registered.set(`${gvk.group === '' ? '' : `${gvk.group}/`}${gvk.version} ${gvk.kind}`, name);
  }
  return registered;
}

const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1);
const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

/** Fills in what a body leaves out. Models gvkWithDefaults. */
export function withDefaults(found: TypeMeta, expected: Expectation): TypeMeta {
  const kind = found.kind === '' ? expected.kind : found.kind;
  if (found.apiVersion === '') return { apiVersion: expected.apiVersion, kind };
  if (found.apiVersion === `${groupOf(expected.apiVersion)}/`) return { apiVersion: expected.apiVersion, kind };
  return { apiVersion: found.apiVersion, kind };
}

export const cannotBeHandled = (found: TypeMeta, expected: Expectation, why: string): ApiError =>
  badRequest(`${found.kind} in version "${versionOf(found.apiVersion)}" cannot be handled as a ${expected.kind}: ${why}`);

/** The refusal of a body that is of another kind or version than its URL, if it is. */
export function kindMismatch(found: TypeMeta, expected: Expectation): ApiError | undefined {
  if (found.kind === expected.kind && (found.apiVersion === expected.apiVersion || acceptsAnyVersion(expected))) return undefined;
  if (expected.definition.loose) return customMismatch(found, expected);
  const problem = conversionProblem(found, expected);
  if (problem !== undefined) return cannotBeHandled(found, expected, problem);
  return badRequest(`the API version in the data (${found.apiVersion}) does not match the expected API version (${expected.apiVersion})`);
}

/** Why an object of a built-in kind cannot become one of another. */
export function conversionProblem(found: TypeMeta, expected: Expectation): string | undefined {
  const name = kindsOfScheme().get(`${found.apiVersion} ${found.kind}`);
  if (found.kind === expected.kind && (name !== undefined || KNOWN_BY_NAME.test(found.apiVersion))) return undefined;
  if (name === undefined) {
    return `no kind "${found.kind}" is registered for version "${found.apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  }
  const internal = `${expected.definition.name.slice(0, expected.definition.name.indexOf('.'))}.${expected.kind}`;
  return `converting (${goTypeOfDefinition(name)}) to (${internal}): unknown conversion`;
}

/** Custom resources have no Go types to be told apart by. Models the create handler of k8s.io/apiserver and the validator of k8s.io/apiextensions-apiserver. */
function customMismatch(found: TypeMeta, expected: Expectation): ApiError {
  if (found.apiVersion !== expected.apiVersion) {
    return badRequest(`the API version in the data (${found.apiVersion}) does not match the expected API version (${expected.apiVersion})`);
  }
  return invalidObject(groupOf(expected.apiVersion), expected.kind, '', [invalid('kind', found.kind, `must be ${expected.kind}`)]);
}

/** Options are the same in every group: clients write the version of the object they are about. */
const acceptsAnyVersion = (expected: Expectation): boolean => expected.definition.name.startsWith('meta.v1.');
