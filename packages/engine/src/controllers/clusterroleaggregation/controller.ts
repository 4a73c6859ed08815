import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import type { LabelSelector } from '../../kinds/rules/selector.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { matcher } from '../shared/matcher.ts';
import { union } from './rules.ts';

const RESOURCE = 'rbac.authorization.k8s.io/clusterroles';

/** Cluster roles whose rules are those of others. Models pkg/controller/clusterroleaggregation. */
export const clusterRoleAggregationController = defineController({
  name: 'clusterroleaggregation',
  component: 'clusterrole-aggregation-controller',
  manager: 'clusterrole-aggregation-controller',
  watches: [mapped({ group: 'rbac.authorization.k8s.io', plural: 'clusterroles' }, (_event, view) => aggregatedKeys(view))],
  reconcile: ({ key, view, api }) => {
    const role = view.get(key);
    if (!role?.aggregationRule) return;
    const rules = union(partsOf(role, view.list(RESOURCE)));
    if (!equalJson(rules, role.rules ?? [])) api.update({ ...role, rules });
  },
});

const aggregatedKeys = (view: View): string[] =>
  view
    .list(RESOURCE)
    .filter((role) => role.aggregationRule)
    .map((role) => `${RESOURCE}//${role.metadata.name}`);

/** Selector by selector, the roles that it chooses by name; never the role itself. */
function partsOf(role: KubeObject, all: readonly KubeObject[]): KubeObject[] {
  const selectors = (role.aggregationRule.clusterRoleSelectors ?? []) as LabelSelector[];
  return selectors.flatMap((selector) => {
    const matches = matcher(selector);
    return all.filter((other) => other.metadata.name !== role.metadata.name && matches(other.metadata.labels));
  });
}
