import { type Part, sortedKeys } from '../../fields.ts';
import { isLabelValue } from '../../names.ts';

/** Labels of old and what took their place. Models pkg/api/node/util.go. */
const DEPRECATED = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
]);

export const deprecatedLabel = (key: string): string | undefined => DEPRECATED.get(key);

/** Where a label is named as a value of a field. */
export function labelWarnings(key: string, path: string): string[] {
  const why = deprecatedLabel(key);
  return why === undefined ? [] : [`${path}: ${key} is ${why}`];
}

export const nodeSelectorWarnings = (selector: Record<string, string> | undefined, path: string): string[] =>
  sortedKeys(selector)
    .filter((key) => DEPRECATED.has(key))
    .map((key) => `${path}[${key}]: ${DEPRECATED.get(key)}`);

/** Models GetWarningsForNodeSelectorTerm; values of preferences are not validated, and warned about instead. */
export const selectorTermWarnings = (term: Part | undefined, path: string, isPreference = false): string[] =>
  ((term?.matchExpressions ?? []) as Part[]).flatMap(({ key, values = [] }, i) => [
    ...labelWarnings(key, `${path}.matchExpressions[${i}].key`),
    ...(isPreference ? (values as string[]) : []).flatMap((value, n) =>
      isLabelValue(value).map((problem) => `${path}.matchExpressions[${i}].values[${n}]: ${value} is invalid, ${problem}`),
    ),
  ]);
