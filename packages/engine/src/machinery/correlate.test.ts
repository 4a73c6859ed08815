import { expect, test } from 'vitest';
import type { KubeObject } from '../core/object.ts';
import { emptyState } from '../core/state.ts';
import { Txn } from '../core/txn.ts';
import { record } from './recorder.ts';

const SET: KubeObject = { kind: 'ReplicaSet', apiVersion: 'apps/v1', metadata: { name: 'web', namespace: 'default', uid: 'u' } };
const NAMESPACE: KubeObject = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'default' } };
const minutes = (count: number): number => count * 60_000;

function cluster() {
  const made = new Txn(emptyState('s', 0, { timing: 'instant' }), () => []);
  made.put('core/namespaces//default', NAMESPACE);
  let pods = 0;
  return {
    create(at: number, count: number): void {
      made.advance(at);
      for (let nth = 0; nth < count; nth++)
        record(made, {
          about: SET,
          type: 'Normal',
          reason: 'SuccessfulCreate',
          message: `Created pod: web-${pods++}`,
          component: 'replicaset-controller',
          manager: 'kube-controller-manager',
          nth,
        });
    },
    told: (): string[] =>
      made
        .list('core/events')
        .map(({ message, count }) => `${message} x${count}`)
        .sort(),
  };
}

const single = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `Created pod: web-${from + i} x1`);

test('few at once are told one by one', () => {
  const { create, told } = cluster();
  create(0, 9);
  expect(told()).toEqual(single(0, 9));
});

test('of more, the tenth and those after it are combined', () => {
  const { create, told } = cluster();
  create(0, 20);
  expect(told()).toEqual(['(combined from similar events): Created pod: web-19 x11', ...single(0, 9)]);
});

test('of very many, only as many as a source may tell at once', () => {
  const { create, told } = cluster();
  create(0, 500);
  create(0, 500);
  expect(told()).toEqual(['(combined from similar events): Created pod: web-24 x16', ...single(0, 9)]);
});

test('soon after, those like them are combined with them; one more may be told every five minutes', () => {
  const { create, told } = cluster();
  create(0, 500);
  create(minutes(10), 4);
  expect(told()).toEqual(['(combined from similar events): Created pod: web-501 x18', ...single(0, 9)]);
});

test('after a pause they are told one by one again', () => {
  const { create, told } = cluster();
  create(0, 500);
  create(minutes(20), 3);
  expect(told()).toEqual(['(combined from similar events): Created pod: web-24 x16', ...single(0, 9), ...single(500, 503)].sort());
});
