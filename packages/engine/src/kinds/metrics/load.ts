import type { ObjectKey } from '../../core/key.ts';
import type { Projection } from '../../core/projection.ts';
import type { View } from '../../core/txn.ts';
import type { PodObject } from '../shared/pod.ts';

/** A shell loop in a pod that asks a service again and again, one request after the other. */
export interface Load {
  service: ObjectKey;
  pauseMs: number;
}

const LOOP = /\b(?:while|until|for)\b/;
const REQUEST = /\b(?:wget|curl)\b[^;|&\n]*?\bhttps?:\/\/([\w.-]+)/;
const PAUSE = /\bsleep\s+([\d.]+)/;

/** The loop of a command line, as in the walkthrough of the HorizontalPodAutoscaler. */
export function loadOf(commandLine: string, namespace: string): Load | undefined {
  const host = LOOP.test(commandLine) ? REQUEST.exec(commandLine)?.[1] : undefined;
  if (host === undefined) return undefined;
  const [name, other, kind] = host.split('.');
  if (kind !== undefined && kind !== 'svc') return undefined;
  const pause = Number(PAUSE.exec(commandLine)?.[1] ?? 0);
  return { service: `core/services/${other ?? namespace}/${name}`, pauseMs: Number.isFinite(pause) ? pause * 1000 : 0 };
}

export function loadsOfPod(pod: PodObject): Load[] {
  if (pod.status?.phase !== 'Running' || pod.metadata.deletionTimestamp !== undefined) return [];
  const running = new Set(pod.status.containerStatuses?.filter(({ state }) => state?.running).map(({ name }) => name));
  return pod.spec.containers.flatMap(({ name, command = [], args = [] }) => {
    const load = running.has(name) ? loadOf([...command, ...args].join(' '), pod.metadata.namespace as string) : undefined;
    return load ? [load] : [];
  });
}

/** The loads of every pod that makes any. */
const generators: Projection<Map<ObjectKey, Load[]>> = {
  name: 'load-generators',
  build: (view) => {
    const found = new Map<ObjectKey, Load[]>();
    for (const pod of view.list('core/pods') as PodObject[]) {
      const loads = loadsOfPod(pod);
      if (loads.length > 0) found.set(`core/pods/${pod.metadata.namespace}/${pod.metadata.name}`, loads);
    }
    return found;
  },
  apply: (found, event) => {
    if (!event.key.startsWith('core/pods/')) return;
    const loads = event.type === 'DELETED' ? [] : loadsOfPod(event.stored.object as PodObject);
    if (loads.length > 0) found.set(event.key, loads);
    else found.delete(event.key);
  },
};

/** Loads by the service that they are put on. */
export function loadsByService(view: View): Map<ObjectKey, Load[]> {
  const byService = new Map<ObjectKey, Load[]>();
  for (const load of [...view.project(generators).values()].flat()) {
    const known = byService.get(load.service);
    if (known) known.push(load);
    else byService.set(load.service, [load]);
  }
  return byService;
}
