import { type World, world } from './world.ts';

export const GPUS = { name: 'gpu.example.com' };
export const node = (i: number): string => `vivakube-worker${i === 1 ? '' : i}`;

export interface Gpu {
  name: string;
  model?: string;
  memory?: string;
  numa?: number;
  taints?: object[];
  consumesCounters?: object[];
}

export const device = ({ name, model = 'a100', memory = '40Gi', numa = 0, ...rest }: Gpu) => ({
  name,
  attributes: { model: { string: model }, 'example.com/numa': { int: numa }, driver: { version: '1.2.3' } },
  capacity: { memory: { value: memory } },
  ...rest,
});

export const slice = (name: string, place: object, gpus: readonly Gpu[], more: object = {}, pool: object = {}) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceSlice',
  metadata: { name },
  spec: {
    driver: GPUS.name,
    pool: { name, resourceSliceCount: 1, generation: 1, ...pool },
    ...place,
    ...(gpus.length > 0 ? { devices: gpus.map(device) } : {}),
    ...more,
  },
});

export const deviceClass = (name = GPUS.name, spec: object = {}) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'DeviceClass',
  metadata: { name },
  spec: { selectors: [{ cel: { expression: `device.driver == "${GPUS.name}"` } }], ...spec },
});

export const exactly = (more: object = {}, name = 'gpu') => ({ name, exactly: { deviceClassName: GPUS.name, ...more } });
export const claim = (name: string, devices: object = { requests: [exactly()] }, namespace = 'default') => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name, namespace },
  spec: { devices },
});

export const template = (name: string, devices: object = { requests: [exactly()] }) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: { name, namespace: 'default' },
  spec: { metadata: { labels: { from: name } }, spec: { devices } },
});

export const pod = (name: string, source: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    resourceClaims: [{ name: 'gpu', ...source }],
    containers: [{ name: 'c', image: 'nginx', resources: { claims: [{ name: 'gpu' }] } }],
    ...more,
  },
});
export const using = (name: string, claimName: string, more: object = {}) => pod(name, { resourceClaimName: claimName }, more);
export const made = (name: string, templateName: string, more: object = {}) => pod(name, { resourceClaimTemplateName: templateName }, more);

export function cluster(...objects: object[]): World {
  const w = world({ workers: 2 });
  for (const object of [deviceClass(), ...objects]) w.create(object as never);
  return w;
}

export const twoNodes = () => [
  slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }]),
  slice('two', { nodeName: node(2) }, [{ name: 'gpu-0' }, { name: 'gpu-1' }]),
];
export const nodeOf = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.spec.nodeName;
export const phaseOf = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.status.phase;
export const claimIn = (w: World, name: string) => w.object(`resource.k8s.io/resourceclaims/default/${name}`);
export const claims = (w: World) => w.objects('resource.k8s.io/resourceclaims', 'default');
export const given = (w: World, name: string): string[] =>
  (claimIn(w, name)?.status?.allocation?.devices.results ?? []).map(
    (r: { request: string; pool: string; device: string }) => `${r.request}: ${r.pool}/${r.device}`,
  );
export const whyPending = (w: World, name: string): string | undefined =>
  w.object(`core/pods/default/${name}`)?.status.conditions?.find((c: { type: string }) => c.type === 'PodScheduled')?.message;
export const setStatus = (w: World, name: string, status: object) => {
  const path = `/apis/resource.k8s.io/v1/namespaces/default/resourceclaims/${name}/status`;
  const { code, body } = w.request('PATCH', path, { status }, { contentType: 'application/merge-patch+json' });
  if (code !== 200) throw new Error(body.message);
};
export const allocationOn = (i: number) => ({
  devices: { results: [{ request: 'gpu', driver: GPUS.name, pool: 'one', device: 'gpu-0' }] },
  nodeSelector: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node(i)] }] }] },
});
export const remove = (w: World, name: string) => w.request('DELETE', `/api/v1/namespaces/default/pods/${name}`);
export const PREEMPTION = 'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
