import { type World, world } from './world.ts';

/** A cluster as the catch-up bar has it: 100 nodes, 1,000 pods with probes, 20 CronJobs and an autoscaler, with the delays of a real one. */

const SCHEDULES = ['*/5 * * * *', '*/10 * * * *', '*/15 * * * *', '*/30 * * * *', '0 * * * *'] as const;

const http = { httpGet: { path: '/', port: 80 } };

const deployment = (name: string, replicas: number, image = 'nginx:1.25') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: 'c',
            image,
            resources: { requests: { cpu: '50m', memory: '32Mi' } },
            startupProbe: { ...http, periodSeconds: 1 },
            readinessProbe: { ...http, periodSeconds: 5 },
            livenessProbe: { ...http, periodSeconds: 10 },
          },
        ],
      },
    },
  },
});

const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
});

export const cronJob = (name: string, schedule: string, command = 'date; sleep 5') => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name },
  spec: {
    schedule,
    jobTemplate: {
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', command] }] } } },
    },
  },
});

const autoscaler = (name: string) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
  },
});

/** Asks the autoscaled service without a pause, for as long as it runs. */
const visitor = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'visitor' },
  spec: { containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', 'while true; do wget -q -O- http://scaled; done'] }] },
};

export interface BusyShape {
  workers: number;
  pods: number;
  cronJobs: number;
  schedules?: readonly string[];
}

export function busyCluster({ workers, pods, cronJobs, schedules = SCHEDULES }: BusyShape): World {
  const w = world({ workers, timing: 'realistic', seed: 'busy' });
  const scaled = Math.min(4, pods);
  for (let i = 0, left = pods - scaled; left > 0; i++, left -= 100) w.apply(deployment(`app-${i}`, Math.min(100, left)));
  w.apply(deployment('scaled', scaled, 'registry.k8s.io/hpa-example'));
  w.apply(service('scaled'));
  w.apply(autoscaler('scaled'));
  w.apply(visitor);
  for (let i = 0; i < cronJobs; i++) w.apply(cronJob(`cron-${String(i).padStart(2, '0')}`, schedules[i % schedules.length] as string));
  return w;
}

/** Pods whose containers all fail as soon as they start. */
export function crashStorm({ workers, pods }: { workers: number; pods: number }): World {
  const w = world({ workers, timing: 'realistic', seed: 'storm' });
  const made = deployment('storm', pods);
  const containers = [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', 'exit 1'] }];
  w.apply({ ...made, spec: { ...made.spec, template: { ...made.spec.template, spec: { containers } } } });
  return w;
}
