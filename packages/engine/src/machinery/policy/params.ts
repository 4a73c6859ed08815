import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { type KindDefinition, resourceOf } from '../kind.ts';
import type { Attributes } from '../machine.ts';
import type { Registry } from '../registry.ts';
import { selectorFor } from '../selector/index.ts';
import type { Binding, Policy } from './types.ts';

/** What is wrong with how a policy or binding was set up; failurePolicy decides what that means. */
export class ConfigurationError extends Error {}

/** The kind of a policy's parameters; undefined where it has none. */
export function paramKindOf({ spec: { paramKind } }: Policy, registry: Registry): KindDefinition | undefined {
  if (!paramKind) return undefined;
  const { apiVersion = '', kind = '' } = paramKind;
  const found = registry.forKind(apiVersion, kind);
  if (!found) throw new ConfigurationError(`failed to find resource referenced by paramKind: '${apiVersion}, Kind=${kind}'`);
  return found;
}

/** The objects to evaluate a policy with, one after the other. Models CollectParams in policy/generic/policy_dispatcher.go of k8s.io/apiserver. */
export function paramsOf(
  { spec: { paramRef } }: Binding,
  kind: KindDefinition | undefined,
  { namespace, txn }: Attributes,
): (KubeObject | undefined)[] {
  if (!kind || !paramRef) return [undefined];
  if (paramRef.namespace && kind.scope === 'Cluster') {
    throw new ConfigurationError('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  }
  const inside = kind.scope === 'Cluster' ? '' : paramRef.namespace || namespace;
  if (kind.scope === 'Namespaced' && inside === '') {
    throw new ConfigurationError('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
  }
  const named = paramRef.name ? txn.get(objectKey(resourceOf(kind), inside, paramRef.name)) : undefined;
  const found = paramRef.name
    ? named
      ? [named]
      : []
    : txn.list(resourceOf(kind), inside).filter((each) => selectorFor(paramRef.selector).matches(each.metadata.labels ?? {}));
  if (found.length === 0 && paramRef.parameterNotFoundAction === 'Deny') {
    throw new ConfigurationError('no params found for policy binding with `Deny` parameterNotFoundAction');
  }
  return found;
}
