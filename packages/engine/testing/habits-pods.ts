import type { Act, Dice } from './simulate.ts';

type Maker = (dice: Dice) => Omit<Act, 'at'>;

const PODS = '/api/v1/namespaces/default/pods';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const NAMES = ['one', 'two', 'three'] as const;
const SIM = 'sim.vivakube.dev/';
const CONFIG = 'settings';

const sh = (name: string, script: string, more: object = {}) => ({ name, image: 'busybox:1.36', command: ['sh', '-c', script], ...more });
const rule = (action: string) => ({ action, exitCodes: { operator: 'In', values: [7] } });
const HOOKS = [
  undefined,
  { postStart: { exec: { command: ['sh', '-c', 'sleep 2; echo a > /v/hook'] } } },
  { postStart: { exec: { command: ['false'] } } },
  { preStop: { sleep: { seconds: 3 } } },
  { preStop: { exec: { command: ['sleep', '100'] } } },
] as const;
const SCRIPTS = [
  'while true; do cat /c/k >> /v/f; sleep 10; done',
  'sleep 20; exit 7',
  'trap true TERM; sleep 300',
  'echo x > /v/f; sleep 5; rm -f /v/f; sleep 600',
] as const;
const RULES = [
  {},
  { restartPolicy: 'Never', restartPolicyRules: [rule('Restart')] },
  { restartPolicy: 'Never', restartPolicyRules: [rule('RestartAllContainers')] },
] as const;
const DEMANDS = [
  {},
  {},
  { [`${SIM}memory.c`]: '20Mi, 40s=300Mi' },
  { [`${SIM}memory`]: '20Mi, 60s=9Gi, 90s=10Mi' },
  { [`${SIM}emptydir.v`]: '30s=2Gi' },
  { [`${SIM}ephemeral-storage`]: '45s=99Gi' },
] as const;
const SIZES = [
  { cpu: '100m', memory: '64Mi' },
  { cpu: '2', memory: '128Mi' },
  { cpu: '100', memory: '64Mi' },
] as const;

function podSpec(dice: Dice): object {
  const lifecycle = dice.pick(HOOKS);
  const volumeMounts = [
    { name: 'v', mountPath: '/v' },
    { name: 'c', mountPath: '/c' },
  ];
  const size = dice.pick(SIZES.slice(0, 2));
  const limits = dice.pick([{}, { limits: { memory: '200Mi' } }]);
  const probe = { exec: { command: ['cat', '/v/f'] }, periodSeconds: dice.pick([1, 7]) };
  const probes = dice.pick([{}, { readinessProbe: probe }, { livenessProbe: probe }, { startupProbe: probe }]);
  return {
    restartPolicy: dice.pick(['Always', 'OnFailure', 'Never']),
    terminationGracePeriodSeconds: dice.pick([0, 4, 30]),
    ...dice.pick([{}, {}, { activeDeadlineSeconds: 70 }]),
    initContainers: dice.pick([
      [],
      [sh('i', 'echo y > /v/f; sleep 1', { volumeMounts })],
      [sh('s', 'sleep 1000', { restartPolicy: 'Always', volumeMounts })],
    ]),
    containers: [
      sh('c', dice.pick(SCRIPTS), {
        volumeMounts,
        resources: { requests: size, ...limits },
        ...(lifecycle ? { lifecycle } : {}),
        ...dice.pick(RULES),
        ...probes,
      }),
    ],
    volumes: [
      { name: 'v', emptyDir: dice.pick([{}, { sizeLimit: '1Gi' }]) },
      { name: 'c', configMap: { name: CONFIG, optional: dice.number(2) === 0 } },
    ],
  };
}

const configMap = (value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: CONFIG }, data: { k: value } });

/** What random users ask of kubelets. */
export const POD_HABITS: readonly Maker[] = [
  ...[1, 2, 3].map(
    (): Maker => (dice) => ({
      method: 'POST',
      url: PODS,
      body: { apiVersion: 'v1', kind: 'Pod', metadata: { name: dice.pick(NAMES), annotations: dice.pick(DEMANDS) }, spec: podSpec(dice) },
    }),
  ),
  (dice) => ({
    method: 'PATCH',
    url: `${PODS}/${dice.pick(NAMES)}/resize`,
    contentType: STRATEGIC,
    body: {
      spec: {
        containers: [
          {
            name: 'c',
            resources: { requests: dice.pick(SIZES) },
            ...dice.pick([{}, { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] }]),
          },
        ],
      },
    },
  }),
  (dice) => ({ method: 'DELETE', url: `${PODS}/${dice.pick(NAMES)}${dice.pick(['', '?gracePeriodSeconds=0', '?gracePeriodSeconds=3'])}` }),
  () => ({ method: 'POST', url: '/api/v1/namespaces/default/configmaps', body: configMap('one') }),
  (dice) => ({
    method: 'PATCH',
    url: `/api/v1/namespaces/default/configmaps/${CONFIG}`,
    contentType: MERGE,
    body: { data: { k: dice.pick(['two', 'three']) } },
  }),
  () => ({ method: 'DELETE', url: `/api/v1/namespaces/default/configmaps/${CONFIG}` }),
  (dice) => ({
    method: 'PATCH',
    url: `${PODS}/${dice.pick(NAMES)}/ephemeralcontainers`,
    contentType: STRATEGIC,
    body: { spec: { ephemeralContainers: [{ name: 'd', image: 'busybox:1.36', command: ['sleep', '30'] }] } },
  }),
];
