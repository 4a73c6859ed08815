import { describe, expect, test } from 'vitest';
import { type Bench, bench } from '../../../testing/bench.ts';
import type { KubeObject, OwnerReference } from '../../core/object.ts';
import { garbageCollectorController } from './controller.ts';

const fresh = (): Bench => bench([garbageCollectorController]);

function add(b: Bench, name: string, owners: (string | Partial<OwnerReference>)[] = [], namespace = 'default'): KubeObject {
  const ownerReferences = owners.map((owner): OwnerReference => {
    const wanted = typeof owner === 'string' ? { name: owner } : owner;
    const uid = b.get(`core/configmaps/${namespace}/${wanted.name}`)?.metadata.uid ?? '';
    return { apiVersion: 'v1', kind: 'ConfigMap', name: '', uid, blockOwnerDeletion: true, ...wanted };
  });
  return b.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, ...(owners.length > 0 ? { ownerReferences } : {}) } });
}

const names = (b: Bench): string[] => b.names('core/configmaps');
const remove = (b: Bench, name: string, propagationPolicy?: 'Background' | 'Foreground' | 'Orphan') =>
  b.remove(`core/configmaps/default/${name}`, propagationPolicy ? { propagationPolicy } : {});
const hold = (b: Bench, name: string, finalizers: string[]) =>
  b.change(`core/configmaps/default/${name}`, (o) => ({ ...o, metadata: { ...o.metadata, finalizers } }));

/** a owns b and c, b owns d. */
function family(): Bench {
  const b = fresh();
  add(b, 'a');
  add(b, 'b', ['a']);
  add(b, 'c', ['a']);
  add(b, 'd', ['b']);
  add(b, 'stranger');
  return b;
}

describe('deleting an owner', () => {
  test('in the background takes everything below', () => {
    const b = family();
    remove(b, 'a', 'Background');
    expect(names(b)).toEqual(['stranger']);
  });

  test('in the foreground takes what is below first', () => {
    const b = family();
    hold(b, 'd', ['example.com/hold']);
    remove(b, 'a', 'Foreground');
    expect(names(b)).toEqual(['a', 'b', 'd', 'stranger']);
    expect(b.get('core/configmaps/default/a')?.metadata.finalizers).toEqual(['foregroundDeletion']);
    hold(b, 'd', []);
    expect(names(b)).toEqual(['stranger']);
  });

  test('in the foreground does not wait for those that do not block', () => {
    const b = fresh();
    add(b, 'a');
    add(b, 'b', [{ name: 'a', blockOwnerDeletion: false }]);
    hold(b, 'b', ['example.com/hold']);
    remove(b, 'a', 'Foreground');
    expect(names(b)).toEqual(['b']);
    expect(b.get('core/configmaps/default/b')?.metadata.deletionTimestamp).toBeDefined();
  });

  test('as orphans lets what is below live', () => {
    const b = family();
    remove(b, 'a', 'Orphan');
    expect(names(b)).toEqual(['b', 'c', 'd', 'stranger']);
    expect(b.get('core/configmaps/default/b')?.metadata.ownerReferences).toBeUndefined();
    expect(b.get('core/configmaps/default/d')?.metadata.ownerReferences).toHaveLength(1);
  });

  test('of two owners only takes the reference', () => {
    const b = fresh();
    add(b, 'one');
    add(b, 'two');
    add(b, 'child', ['one', 'two']);
    remove(b, 'one', 'Background');
    expect(b.get('core/configmaps/default/child')?.metadata.ownerReferences).toMatchObject([{ name: 'two' }]);
    remove(b, 'two', 'Foreground');
    expect(names(b)).toEqual([]);
  });

  test('one of them in the foreground does not stop at a child that lives on', () => {
    const b = fresh();
    add(b, 'one');
    add(b, 'two');
    add(b, 'child', ['one', 'two']);
    remove(b, 'one', 'Foreground');
    expect(names(b)).toEqual(['child', 'two']);
    expect(b.get('core/configmaps/default/child')?.metadata.ownerReferences).toMatchObject([{ name: 'two' }]);
  });
});

describe('references to nobody', () => {
  test('an owner that never was', () => {
    const b = fresh();
    add(b, 'child', [{ name: 'nobody', uid: 'u-1' }]);
    expect(names(b)).toEqual([]);
  });

  test('an owner of the same name but another uid', () => {
    const b = fresh();
    add(b, 'a');
    add(b, 'child', [{ name: 'a', uid: 'u-1' }]);
    expect(names(b)).toEqual(['a']);
  });

  test('an owner with a namespace keeps an object without one, which is said', () => {
    const b = fresh();
    const { uid } = add(b, 'a').metadata;
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: uid as string }];
    b.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'wide', ownerReferences } });
    expect(b.get('core/namespaces//wide')).toBeDefined();
    expect(b.said()).toEqual([`OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: , name: a, uid: ${uid}] does not exist in namespace ""`]);
  });

  test('an owner in another namespace, which is said', () => {
    const b = fresh();
    b.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'far' } });
    const { uid } = add(b, 'a', [], 'far').metadata;
    add(b, 'child', [{ name: 'a', uid: uid as string }]);
    expect(names(b)).toEqual([]);
    expect(b.said()).toEqual([
      `OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: default, name: a, uid: ${uid}] does not exist in namespace "default"`,
    ]);
  });

  test('an owner of an unknown kind is left alone', () => {
    const b = fresh();
    add(b, 'child', [{ apiVersion: 'example.com/v1', kind: 'Widget', name: 'w', uid: 'u-1' }]);
    expect(names(b)).toEqual(['child']);
  });
});

describe('circles', () => {
  function circle(): Bench {
    const b = fresh();
    add(b, 'a');
    add(b, 'b', ['a']);
    const { uid } = (b.get('core/configmaps/default/b') as KubeObject).metadata;
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid: uid as string, blockOwnerDeletion: true };
    b.change('core/configmaps/default/a', (o) => ({ ...o, metadata: { ...o.metadata, ownerReferences: [ref] } }));
    return b;
  }

  test.each(['Background', 'Foreground'] as const)('go in the %s', (policy) => {
    const b = circle();
    remove(b, 'a', policy);
    expect(names(b)).toEqual([]);
    expect(b.failures()).toEqual([]);
  });

  test('of one', () => {
    const b = fresh();
    const { uid } = add(b, 'a').metadata;
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: uid as string, blockOwnerDeletion: true };
    b.change('core/configmaps/default/a', (o) => ({ ...o, metadata: { ...o.metadata, ownerReferences: [ref] } }));
    remove(b, 'a', 'Foreground');
    expect(names(b)).toEqual([]);
  });
});

test('many dependents go with their owner', () => {
  const b = fresh();
  add(b, 'a');
  for (let i = 0; i < 300; i++) add(b, `child-${i}`, ['a']);
  remove(b, 'a', 'Background');
  expect(names(b)).toEqual([]);
});
