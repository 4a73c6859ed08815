import type { KubeObject } from '../src/core/object.ts';
import type { World } from './world.ts';

/** A StatefulSet `web` of one nginx container. */
export const statefulSet = (spec: object = {}, image = 'nginx:1.14.2'): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: {
    serviceName: 'nginx',
    replicas: 3,
    selector: { matchLabels: { app: 'nginx' } },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: { terminationGracePeriodSeconds: 2, containers: [{ name: 'nginx', image }] },
    },
    ...spec,
  },
});

export const daemonSet = (podSpec: object = {}, spec: object = {}, image = 'nginx:1.14.2'): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: {
      metadata: { labels: { app: 'agent' } },
      spec: { terminationGracePeriodSeconds: 2, containers: [{ name: 'c', image }], ...podSpec },
    },
    ...spec,
  },
});

/** Pods of the default namespace as `name image`, in order. */
export const images = (w: World): string[] => w.objects('core/pods', 'default').map((pod) => `${pod.metadata.name} ${pod.spec.containers[0].image}`);

export const names = (w: World): string[] => w.objects('core/pods', 'default').map((pod) => pod.metadata.name as string);

/** A strategic merge patch of an object of a URL, as kubectl sends it. */
export function patch(w: World, url: string, body: object): void {
  const answer = w.request('PATCH', url, body, { contentType: 'application/strategic-merge-patch+json' });
  if (answer.code !== 200) throw new Error(`${answer.code} ${answer.body.message}`);
}
