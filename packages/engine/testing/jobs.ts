import type { KubeObject } from '../src/core/object.ts';
import type { World } from './world.ts';

/** A Job of busybox containers that run a command line. */
export const jobManifest = (name: string, command: string, spec: object = {}, podSpec: object = {}): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', command] }], ...podSpec } },
    ...spec,
  },
});

export const jobKey = (name: string): string => `batch/jobs/default/${name}`;

/** The conditions that hold, as `Type: reason`. */
export const holding = (w: World, name: string): string[] =>
  (w.object(jobKey(name))?.status?.conditions ?? [])
    .filter((c: { status: string }) => c.status === 'True')
    .map((c: { type: string; reason?: string }) => (c.reason ? `${c.type}: ${c.reason}` : c.type));

/** What Events say about an object, in the order they happened. */
export const said = (w: World, name: string): string[] =>
  w.events
    .filter((e) => e.key.startsWith('core/events/') && e.type !== 'DELETED' && e.stored.object.involvedObject.name === name)
    .map((e) => `${e.stored.object.reason}: ${e.stored.object.message}`);
