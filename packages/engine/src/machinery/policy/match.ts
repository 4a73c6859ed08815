import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Attributes } from '../machine.ts';
import { type LabelSelectorObject, selectorFor } from '../selector/index.ts';
import type { MatchResources, ResourceRule } from './types.ts';

const OWN_GROUP = 'admissionregistration.k8s.io';

const listed = (values: readonly string[] | undefined, wanted: string): boolean =>
  values !== undefined && (values.includes('*') || values.includes(wanted));

// Models k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules/rules.go.
function matchesResource(resources: readonly string[], plural: string, subresource: string): boolean {
  return resources.some((text) => {
    const slash = text.indexOf('/');
    const [resource, sub] = slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
    return (resource === '*' || resource === plural) && (sub === '*' ? true : sub === subresource);
  });
}

function matchesScope(scope: string | undefined, { kind }: Attributes): boolean {
  if (scope === undefined || scope === '*') return true;
  return (scope === 'Namespaced') === (kind.scope === 'Namespaced');
}

function matchesRule(rule: ResourceRule, attributes: Attributes, anyVersion: boolean): boolean {
  const { operation, kind, subresource, name } = attributes;
  if (!listed(rule.operations, operation) || !listed(rule.apiGroups, kind.group)) return false;
  if (!anyVersion && !listed(rule.apiVersions, kind.version)) return false;
  if (!matchesResource(rule.resources ?? [], kind.plural, subresource) || !matchesScope(rule.scope, attributes)) return false;
  return !rule.resourceNames?.length || rule.resourceNames.includes(name);
}

function matchesNamespace(selector: LabelSelectorObject | undefined, { kind, namespace, object, old, txn }: Attributes): boolean {
  if (selector === undefined) return true;
  const isNamespace = kind.group === '' && kind.plural === 'namespaces';
  if (!isNamespace && namespace === '') return true;
  const about = isNamespace ? (object ?? old) : txn.get(objectKey('core/namespaces', '', namespace));
  return selectorFor(selector).matches(about?.metadata.labels ?? {});
}

const takesEverything = ({ matchLabels, matchExpressions }: LabelSelectorObject): boolean =>
  Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;

function matchesObject(selector: LabelSelectorObject | undefined, { object, old }: Attributes): boolean {
  if (selector === undefined) return true;
  const matcher = selectorFor(selector);
  // What is sent to a connection has no metadata at all: only a selector of everything takes it.
  if (takesEverything(selector)) return true;
  return [object, old].some((each: Partial<KubeObject> | undefined) => each?.metadata !== undefined && matcher.matches(each.metadata.labels ?? {}));
}

/** Whether a policy or binding is about a request. Models k8s.io/apiserver/pkg/admission/plugin/policy/matching/matching.go. */
export function matches(criteria: MatchResources | undefined, attributes: Attributes): boolean {
  // Nobody may lock the door with the key inside.
  if (attributes.kind.group === OWN_GROUP) return false;
  if (criteria === undefined) return true;
  if (!matchesNamespace(criteria.namespaceSelector, attributes) || !matchesObject(criteria.objectSelector, attributes)) return false;
  if (criteria.excludeResourceRules?.some((rule) => matchesRule(rule, attributes, false))) return false;
  const rules = criteria.resourceRules ?? [];
  // Versions of a resource stand for each other unless the policy says otherwise.
  const anyVersion = criteria.matchPolicy !== 'Exact';
  return rules.length === 0 || rules.some((rule) => matchesRule(rule, attributes, anyVersion));
}
