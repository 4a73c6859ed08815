import type { Act, Dice } from './simulate.ts';

type Deed = Omit<Act, 'at'>;
type Maker = (dice: Dice) => Deed;

const CORE = '/api/v1/namespaces/default';
const DEVICES = '/apis/resource.k8s.io/v1';
const OWN = `${DEVICES}/namespaces/default`;
const DRIVER = 'gpu.example.com';
const NODES = ['vivakube-worker', 'vivakube-worker2'] as const;

const make = (url: string, kind: string, name: string, spec: object): Deed => ({
  method: 'POST',
  url,
  body: { apiVersion: 'resource.k8s.io/v1', kind, metadata: { name }, spec },
});

const one = (more: object = {}) => ({ devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: DRIVER, ...more } }] } });
const RESOURCE = 'example.com/gpu';
const deviceClass = make(`${DEVICES}/deviceclasses`, 'DeviceClass', DRIVER, {
  extendedResourceName: RESOURCE,
  selectors: [{ cel: { expression: `device.driver == "${DRIVER}"` } }],
});

const slice = (nodeName: string, count: number): Deed =>
  make(`${DEVICES}/resourceslices`, 'ResourceSlice', nodeName, {
    driver: DRIVER,
    nodeName,
    pool: { name: nodeName, generation: 1, resourceSliceCount: 1 },
    devices: Array.from({ length: count }, (_, i) => ({ name: `gpu-${i}`, attributes: { size: { int: i } } })),
  });

const claim = make(`${OWN}/resourceclaims`, 'ResourceClaim', 'shared', one());
const template = make(`${OWN}/resourceclaimtemplates`, 'ResourceClaimTemplate', 'each', { spec: one() });

const user = (name: string, source: object, more: object = {}): Deed => ({
  method: 'POST',
  url: `${CORE}/pods`,
  body: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { resourceClaims: [{ name: 'gpu', ...source }], containers: [{ name: 'c', image: 'nginx:1.25' }], ...more },
  },
});

/** What a cluster has whose pods claim devices. */
export const DEVICE_PRELUDE: readonly Deed[] = [
  deviceClass,
  slice(NODES[0], 1),
  claim,
  template,
  user('gpu-0', { resourceClaimTemplateName: 'each' }),
  user('gpu-1', { resourceClaimName: 'shared' }),
];

/** Asks for devices as people did before there were claims. */
const asking = (name: string): Deed =>
  user(name, {}, { resourceClaims: [], containers: [{ name: 'c', image: 'nginx:1.25', resources: { limits: { [RESOURCE]: '1' } } }] });

const task = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '40'] }] };

/** What those do who describe devices, and who claim them. */
export const DEVICE_HABITS: readonly Maker[] = [
  (dice) =>
    user(
      `gpu-${dice.number(4)}`,
      dice.pick([{ resourceClaimName: 'shared' }, { resourceClaimTemplateName: 'each' }, { resourceClaimTemplateName: 'none' }]),
      dice.pick([{}, task, { nodeName: NODES[1] }, { nodeSelector: { 'kubernetes.io/hostname': dice.pick(NODES) } }]),
    ),
  (dice) => asking(`gpu-${dice.number(4)}`),
  (dice) => ({ method: 'DELETE', url: `${CORE}/pods/gpu-${dice.number(4)}` }),
  (dice) => slice(dice.pick(NODES), 1 + dice.number(3)),
  (dice) => ({ method: 'DELETE', url: `${DEVICES}/resourceslices/${dice.pick(NODES)}` }),
  () => deviceClass,
  () => ({ method: 'DELETE', url: `${DEVICES}/deviceclasses/${DRIVER}` }),
  (dice) => dice.pick([claim, template]),
  (dice) => ({ method: 'DELETE', url: `${OWN}/${dice.pick(['resourceclaims/shared', 'resourceclaimtemplates/each'])}` }),
];
