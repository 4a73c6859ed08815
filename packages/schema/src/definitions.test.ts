import { describe, expect, test } from 'vitest';
import { definition, definitionNames, type FieldType } from './index.ts';

const field = (name: string, path: string) => definition(name).fields.get(path);

describe('generated definitions', () => {
  test('cover the served groups completely', () => {
    const names = definitionNames();
    const packages = new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))));
    expect([...packages].filter((name) => name !== 'meta.v1' && name !== 'metrics.v1beta1')).toHaveLength(22);
    expect(names.length).toBeGreaterThanOrEqual(580);
    const fields = names.reduce((sum, name) => sum + definition(name).fields.size, 0);
    expect(fields).toBeGreaterThanOrEqual(2450);
  });

  test('every reference leads to a definition', () => {
    const follow = (type: FieldType): void => {
      if (type.kind === 'ref') expect(definition(type.name).name).toBe(type.name);
      else if (type.kind === 'list' || type.kind === 'map') follow(type.item);
      else if (type.kind === 'scalar') expect(type.scalar).toBeDefined();
    };
    for (const name of definitionNames()) for (const each of definition(name).fields.values()) follow(each.type);
  });

  test.each([
    [
      'core.v1.Container',
      'ports',
      { listType: 'map', listMapKeys: ['containerPort', 'protocol'], patchStrategy: ['merge'], patchMergeKey: 'containerPort' },
    ],
    ['core.v1.PodSpec', 'volumes', { listType: 'map', listMapKeys: ['name'], patchStrategy: ['merge', 'retainKeys'], patchMergeKey: 'name' }],
    ['core.v1.PodSpec', 'nodeSelector', { type: { kind: 'map', item: { kind: 'scalar', scalar: 'string' } }, mapType: 'atomic' }],
    ['core.v1.PodSpec', 'tolerations', { listType: 'atomic' }],
    ['apps.v1.DeploymentSpec', 'strategy', { patchStrategy: ['retainKeys'] }],
    ['apps.v1.DeploymentSpec', 'replicas', { type: { kind: 'scalar', scalar: 'int32' } }],
    ['core.v1.PodSpec', 'activeDeadlineSeconds', { type: { kind: 'scalar', scalar: 'int64' } }],
    ['core.v1.ContainerPort', 'protocol', { default: 'TCP' }],
    ['core.v1.Secret', 'data', { type: { kind: 'map', item: { kind: 'scalar', scalar: 'bytes' } } }],
    ['meta.v1.ObjectMeta', 'finalizers', { listType: 'set', patchStrategy: ['merge'] }],
    ['meta.v1.ObjectMeta', 'creationTimestamp', { type: { kind: 'scalar', scalar: 'time' } }],
    ['core.v1.ServicePort', 'targetPort', { type: { kind: 'scalar', scalar: 'intOrString' } }],
    ['core.v1.ContainerStatus', 'volumeMounts', { listType: 'map', listMapKeys: ['mountPath'], patchStrategy: ['merge'] }],
    ['resource.v1.ExactDeviceRequest', 'count', { type: { kind: 'scalar', scalar: 'int64' } }],
  ])('%s.%s', (name, path, facts) => expect(field(name, path)).toMatchObject(facts));

  test('structs, kinds and required fields', () => {
    expect(definition('core.v1.ObjectReference').mapType).toBe('atomic');
    expect(definition('apps.v1.Deployment').gvk).toEqual({ group: 'apps', version: 'v1', kind: 'Deployment' });
    expect(definition('rbac.v1.Role').gvk?.group).toBe('rbac.authorization.k8s.io');
    expect(definition('apps.v1.DeploymentSpec').required).toEqual(['selector', 'template']);
  });

  test('an unknown name is a mistake of the caller', () =>
    expect(() => definition('apps.v1.Nothing')).toThrow('no definition is called apps.v1.Nothing'));
});
