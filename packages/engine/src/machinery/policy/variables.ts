import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { decide } from '../authorize.ts';
import { DYN, fromJson, type Value } from '../cel/index.ts';
import { authorizerOf, requestResourceOf } from '../cel/library/authorizer.ts';
import type { Attributes } from '../machine.ts';
import type { UserInfo } from '../request.ts';
import { NAMESPACE } from './declarations.ts';

/** Models CreateAdmissionRequest in k8s.io/apiserver/pkg/admission/plugin/cel/condition.go. */
function requestOf({ operation, kind, sent, subresource, namespace, name, user, dryRun }: Attributes): object {
  const { group, version } = kind;
  const gvk = sent ?? { group, version, kind: kind.kind };
  const gvr = { group, version, resource: kind.plural };
  return {
    kind: gvk,
    resource: gvr,
    subResource: subresource,
    requestKind: gvk,
    requestResource: gvr,
    requestSubResource: subresource,
    name,
    namespace,
    operation,
    userInfo: { username: user.username, uid: user.uid ?? '', groups: user.groups, extra: user.extra ?? {} },
    dryRun,
    options: {},
  };
}

function authorizerFor({ user, txn, kind, subresource, namespace, name }: Attributes): { authorizer: Value; requestResource: Value } {
  const asked = (serviceAccount: string | undefined): UserInfo => {
    if (serviceAccount === undefined) return user;
    const inside = serviceAccount.split(':')[2] as string;
    return { username: serviceAccount, groups: ['system:serviceaccounts', `system:serviceaccounts:${inside}`, 'system:authenticated'] };
  };
  const authorizer = authorizerOf((question, serviceAccount) => decide(txn, asked(serviceAccount), question));
  return { authorizer, requestResource: requestResourceOf(authorizer, { group: kind.group, resource: kind.plural, subresource, namespace, name }) };
}

const objectValue = (object: KubeObject | undefined): Value => (object ? fromJson(object, DYN) : null);

/** What a request is to the expressions of policies, but for their own parameters and variables. */
export function requestVariables(attributes: Attributes): Map<string, Value> {
  const { kind, namespace, object, old, txn } = attributes;
  const isNamespace = kind.group === '' && kind.plural === 'namespaces';
  const around = namespace === '' || isNamespace ? undefined : txn.get(objectKey('core/namespaces', '', namespace));
  const { authorizer, requestResource } = authorizerFor(attributes);
  return new Map<string, Value>([
    ['object', objectValue(object)],
    ['oldObject', objectValue(old)],
    ['request', fromJson(requestOf(attributes), DYN)],
    ['namespaceObject', around ? fromJson(around, NAMESPACE) : null],
    ['authorizer', authorizer],
    ['authorizer.requestResource', requestResource],
  ]);
}
