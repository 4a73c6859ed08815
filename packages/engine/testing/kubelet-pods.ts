import type { KubeObject } from '../src/core/object.ts';
import { seen } from './transcript.ts';
import { type World, world } from './world.ts';

export const shell = (script: string, more: object = {}) => ({ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', script], ...more });
export const nginx = (more: object = {}) => ({ name: 'c', image: 'nginx:1.25', ...more });
export const create = (w: World, spec: object, meta: object = {}): KubeObject =>
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', ...meta }, spec } as KubeObject);
export const remove = (w: World, query = '') => w.request('DELETE', `/api/v1/namespaces/default/pods/p${query}`);
export const log = (w: World, query = '') => w.request('GET', `/api/v1/namespaces/default/pods/p/log${query}`);

/** What kubelets and the scheduler are going to look at by themselves. */
export const timers = (w: World): string[] => [...w.state.timerDue.keys()].filter((id) => /^(kubelet|scheduler)\|/.test(id));

/** What is seen of pod p after each of some pauses. */
export const course = (w: World, ...pausesMs: number[]): string[] => pausesMs.map((ms) => seen(w.advance(ms), 'p'));

/** A realistic cluster whose nodes have the images already, so that pauses are about the containers. */
export function warmed(...images: string[]): World {
  const w = world({ timing: 'realistic', workers: 1 });
  const containers = images.map((image, i) => ({ name: `c${i}`, image, command: ['true'] }));
  w.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'warm', namespace: 'default' },
    spec: { restartPolicy: 'Never', containers },
  } as KubeObject);
  w.advance(60_000);
  w.request('DELETE', '/api/v1/namespaces/default/pods/warm');
  return w.advance(1000);
}
