import type { KubeObject } from '../../../core/object.ts';
import { BOOL } from '../../../machinery/cel/index.ts';
import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { compileExpression } from '../../../machinery/policy/compile.ts';
import { policyDeclarations } from '../../../machinery/policy/declarations.ts';
import { validateClientConfig } from '../../rules/client-config.ts';
import { eachInvalid, type Part, validateOptionalEnum, validateQualifiedName } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { isDns1035Label, isDns1123Subdomain } from '../../shared/names.ts';
import { validateRule } from './rules.ts';

// Models pkg/apis/admissionregistration/validation/validation.go.
const FAILURE_POLICIES = ['Fail', 'Ignore'];
const MATCH_POLICIES = ['Equivalent', 'Exact'];
const SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const REINVOCATION_POLICIES = ['IfNeeded', 'Never'];
const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const TIMEOUT_SECONDS_MAX = 30;

function validateFullName(name: string, path: string): FieldError[] {
  if (name === '') return [required(path)];
  const problems = isDns1123Subdomain(name);
  if (problems.length > 0) return [invalid(path, name, problems.join(','))];
  return name.split('.').length < 3 ? [invalid(path, name, 'should be a domain with at least three segments separated by dots')] : [];
}

function validateSideEffects(effects: string | undefined, path: string): FieldError[] {
  if (effects === undefined) return [required(path, `must specify one of ${SIDE_EFFECTS.join(', ')}`)];
  return SIDE_EFFECTS.includes(effects) ? [] : [notSupported(path, effects, SIDE_EFFECTS)];
}

function validateTimeout(seconds: number | undefined, path: string): FieldError[] {
  if (seconds === undefined || (seconds >= 1 && seconds <= TIMEOUT_SECONDS_MAX)) return [];
  return [invalid(path, seconds, `the timeout value must be between 1 and ${TIMEOUT_SECONDS_MAX} seconds`)];
}

function validateReviewVersions(versions: string[], path: string): FieldError[] {
  if (versions.length === 0) return [required(path, `must specify one of ${REVIEW_VERSIONS.join(', ')}`)];
  const errors = versions.flatMap((version, i) => {
    if (versions.indexOf(version) < i) return [invalid(`${path}[${i}]`, version, 'duplicate version')];
    return eachInvalid(`${path}[${i}]`, version, isDns1035Label(version));
  });
  if (!versions.some((version) => REVIEW_VERSIONS.includes(version))) {
    errors.push(invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`));
  }
  return errors;
}

function validateExpression(source: string, path: string): FieldError[] {
  if (source.trim() === '') return [required(path)];
  const { error } = compileExpression(source.trim(), policyDeclarations({ hasParams: false }), [BOOL]);
  return error === undefined ? [] : [invalid(path, source.trim(), error)];
}

export function validateMatchConditions(conditions: Part[], path: string): FieldError[] {
  const seen = new Set<string>();
  return conditions.flatMap((condition, i) => {
    const at = `${path}[${i}]`;
    const errors = condition.name ? validateQualifiedName(condition.name, `${at}.name`) : [required(`${at}.name`)];
    errors.push(...validateExpression(condition.expression ?? '', `${at}.expression`));
    if (condition.name && seen.has(condition.name)) errors.push(duplicate(`${at}.name`, condition.name));
    seen.add(condition.name);
    return errors;
  });
}

function validateWebhook(webhook: Part, path: string): FieldError[] {
  return [
    ...validateFullName(webhook.name ?? '', `${path}.name`),
    ...(webhook.rules ?? []).flatMap((rule: Part, i: number) => validateRule(rule, `${path}.rules[${i}]`)),
    ...validateOptionalEnum(webhook.failurePolicy, FAILURE_POLICIES, `${path}.failurePolicy`),
    ...validateOptionalEnum(webhook.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`),
    ...validateSideEffects(webhook.sideEffects, `${path}.sideEffects`),
    ...validateTimeout(webhook.timeoutSeconds, `${path}.timeoutSeconds`),
    ...validateLabelSelector(webhook.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(webhook.objectSelector, `${path}.objectSelector`),
    ...validateClientConfig(webhook.clientConfig ?? {}, `${path}.clientConfig`),
    ...validateOptionalEnum(webhook.reinvocationPolicy, REINVOCATION_POLICIES, `${path}.reinvocationPolicy`),
    ...validateMatchConditions(webhook.matchConditions ?? [], `${path}.matchConditions`),
  ];
}

export function validate({ webhooks }: KubeObject): FieldError[] {
  const seen = new Set<string>();
  return (webhooks ?? []).flatMap((webhook: Part, i: number) => {
    const path = `webhooks[${i}]`;
    const errors = [
      ...validateWebhook(webhook, path),
      ...validateReviewVersions(webhook.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`),
    ];
    if (webhook.name && seen.has(webhook.name)) errors.push(duplicate(`${path}.name`, webhook.name));
    seen.add(webhook.name);
    return errors;
  });
}

/** Nothing a user does makes the cluster call out, so say it where it would have. */
export const warnings = ({ webhooks }: KubeObject): string[] =>
  (webhooks ?? []).map((webhook: Part) => `webhook ${JSON.stringify(webhook.name)}: this simulated cluster stores webhooks and never calls them`);
