import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { eachInvalid, type Part, sortedKeys } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { isQualifiedName } from '../../shared/names.ts';
import { validateResourceName, validateResourceQuantity } from '../../shared/resources.ts';
import { CONFLICTS, isScopeValidFor, isStandardQuotaResource, POD_SCOPES, SCOPES } from './scopes.ts';

// Models ValidateResourceQuota* in pkg/apis/core/validation/validation.go.

function validateQuotaName(name: string, path: string): FieldError[] {
  const errors =
    isQualifiedName(name).length > 0 || name.includes('/') ? eachInvalid(path, name, isQualifiedName(name)) : validateResourceName(name, path);
  if (!name.includes('/') && !isStandardQuotaResource(name)) errors.push(invalid(path, name, 'must be a standard resource for quota'));
  return errors;
}

const validateAmounts = (amounts: Record<string, string> | undefined, path: string): FieldError[] =>
  sortedKeys(amounts).flatMap((name) => {
    const at = `${path}[${name}]`;
    return [...validateQuotaName(name, at), ...validateResourceQuantity(name, amounts?.[name] as string, at)];
  });

/** Every scope against every resource of the quota, and against the other scopes. */
function validateScope(scope: string, spec: Part, path: string, value: unknown, nameError: FieldError): FieldError[] {
  const errors = SCOPES.includes(scope) ? [] : [nameError];
  for (const resource of sortedKeys(spec.hard)) {
    if (!isStandardQuotaResource(resource) || !SCOPES.includes(scope) || isScopeValidFor(scope, resource)) continue;
    errors.push(invalid(path, value, 'unsupported scope applied to resource'));
  }
  return errors;
}

const conflicts = (scopes: string[], path: string, value: unknown): FieldError[] =>
  CONFLICTS.filter((pair) => pair.every((scope) => scopes.includes(scope))).map(() => invalid(path, value, 'conflicting scopes'));

function validateScopes(spec: Part, path: string): FieldError[] {
  const scopes: string[] = spec.scopes ?? [];
  return [
    ...scopes.flatMap((scope) => validateScope(scope, spec, path, scopes, invalid(path, scopes, 'unsupported scope'))),
    ...conflicts(scopes, path, scopes),
  ];
}

const EXISTS_ONLY =
  "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

function validateOperator({ scopeName, operator = '', values = [] }: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (POD_SCOPES.includes(scopeName) && operator !== 'Exists') errors.push(invalid(`${path}.operator`, operator, EXISTS_ONLY));
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      errors.push(required(`${path}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      errors.push(invalid(`${path}.values`, values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
    }
  } else errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  return errors;
}

function validateScopeSelector(spec: Part, path: string): FieldError[] {
  const requirements: Part[] = spec.scopeSelector?.matchExpressions ?? [];
  const errors = requirements.flatMap((requirement) => {
    const scope = requirement.scopeName ?? '';
    const nameError = invalid(`${path}.scopeName`, scope, 'unsupported scope');
    return [...validateScope(scope, spec, path, goStruct('ScopeSelector', spec.scopeSelector), nameError), ...validateOperator(requirement, path)];
  });
  const scopes = requirements.map((requirement) => requirement.scopeName ?? '');
  return [...errors, ...conflicts(scopes, path, spec.scopes ?? null)];
}

export const validate = ({ spec }: KubeObject): FieldError[] => [
  ...validateAmounts(spec.hard, 'spec.hard'),
  ...validateScopes(spec, 'spec.scopes'),
  ...validateScopeSelector(spec, 'spec.scopeSelector.matchExpressions'),
];

const sorted = (scopes: string[] | undefined): string[] => [...new Set(scopes ?? [])].sort();

export function validateUpdate(quota: KubeObject, old: KubeObject): FieldError[] {
  const errors = validate(quota);
  if (!semanticEqual(sorted(quota.spec.scopes), sorted(old.spec?.scopes)))
    errors.push(invalid('spec.scopes', quota.spec.scopes, 'field is immutable'));
  return errors;
}

export const validateStatusUpdate = ({ status }: KubeObject): FieldError[] => [
  ...validateAmounts(status?.hard, 'status.hard'),
  ...validateAmounts(status?.used, 'status.used'),
];
