import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

it('says which fields the kinds of a policy do not have', () => {
  const w = world({ workers: 0 });
  const resourceRules = [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments', 'replicasets'] }];
  const post = (name: string, validations: object[]) =>
    w.request('POST', '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies', {
      metadata: { name },
      spec: { matchConstraints: { resourceRules }, validations },
    });
  post('good', [
    { expression: 'object.spec.replicas <= 5 && object.spec.template.spec.containers.all(c, c.image.startsWith("a") && has(c.resources.limits))' },
  ]);
  post('bad', [{ expression: 'true' }, { expression: 'object.replicas > 1', messageExpression: '"is " + object.spec.replicas' }]);
  const statusOf = (name: string) => w.object(`admissionregistration.k8s.io/validatingadmissionpolicies//${name}`)?.status;
  expect(statusOf('good')).toEqual({ observedGeneration: 1, typeChecking: {} });
  const undefinedField = (kind: string) =>
    `apps/v1, Kind=${kind}: ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas > 1\n | ......^`;
  const noOverload = (kind: string) =>
    `apps/v1, Kind=${kind}: ERROR: <input>:1:7: found no matching overload for '_+_' applied to '(string, int)'\n | "is " + object.spec.replicas\n | ......^`;
  expect(statusOf('bad').typeChecking.expressionWarnings).toEqual([
    { fieldRef: 'spec.validations[1].expression', warning: `${undefinedField('Deployment')}\n${undefinedField('ReplicaSet')}` },
    { fieldRef: 'spec.validations[1].messageExpression', warning: `${noOverload('Deployment')}\n${noOverload('ReplicaSet')}` },
  ]);
});
