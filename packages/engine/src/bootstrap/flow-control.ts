import { toRfc3339 } from '../core/instant.ts';
import type { Bootstrapped } from './object.ts';

// Facts: k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap/default.go.
const GROUP = 'flowcontrol.apiserver.k8s.io';
const AUTOUPDATE = { 'apf.kubernetes.io/autoupdate-spec': 'true' };

interface Level {
  shares: number;
  lendablePercent: number;
  queues?: readonly [queues: number, handSize: number];
}

const LEVELS: readonly (readonly [name: string, level: Level])[] = [
  ['catch-all', { shares: 5, lendablePercent: 0 }],
  ['exempt', { shares: 0, lendablePercent: 0 }],
  ['global-default', { shares: 20, lendablePercent: 50, queues: [128, 6] }],
  ['leader-election', { shares: 10, lendablePercent: 0, queues: [16, 4] }],
  ['node-high', { shares: 40, lendablePercent: 25, queues: [64, 6] }],
  ['system', { shares: 30, lendablePercent: 33, queues: [64, 6] }],
  ['workload-high', { shares: 40, lendablePercent: 50, queues: [128, 6] }],
  ['workload-low', { shares: 100, lendablePercent: 90, queues: [128, 6] }],
];

const limitResponse = (queues: Level['queues']) =>
  queues === undefined ? { type: 'Reject' } : { type: 'Queue', queuing: { queues: queues[0], handSize: queues[1], queueLengthLimit: 50 } };

const priorityLevel = ([name, { shares, lendablePercent, queues }]: (typeof LEVELS)[number]): Bootstrapped => {
  const concurrency = { nominalConcurrencyShares: shares, lendablePercent };
  const spec =
    name === 'exempt'
      ? { type: 'Exempt', exempt: concurrency }
      : { type: 'Limited', limited: { ...concurrency, limitResponse: limitResponse(queues) } };
  return {
    resource: `${GROUP}/prioritylevelconfigurations`,
    object: { kind: 'PriorityLevelConfiguration', apiVersion: `${GROUP}/v1`, metadata: { name, annotations: AUTOUPDATE }, spec },
  };
};

interface Flow {
  precedence: number;
  level: string;
  by?: 'ByUser' | 'ByNamespace';
  /** `User/name`, `Group/name`, `ServiceAccount/namespace/name`. */
  subjects: readonly string[];
  /** `<verbs> <group>: <resources>`, `cluster` added where cluster-scoped requests count; everything where absent. */
  resources?: readonly string[];
  /** Paths to get, instead of resources. */
  paths?: readonly string[];
}

const EVERYBODY = ['Group/system:unauthenticated', 'Group/system:authenticated'];
const SYSTEM_ACCOUNTS = 'ServiceAccount/kube-system/*';
const LEASES = 'get,create,update coordination.k8s.io: leases';

const FLOWS: readonly (readonly [name: string, flow: Flow])[] = [
  ['exempt', { precedence: 1, level: 'exempt', subjects: ['Group/system:masters'] }],
  ['probes', { precedence: 2, level: 'exempt', subjects: EVERYBODY, paths: ['/healthz', '/readyz', '/livez'] }],
  [
    'system-leader-election',
    {
      precedence: 100,
      level: 'leader-election',
      by: 'ByUser',
      subjects: ['User/system:kube-controller-manager', 'User/system:kube-scheduler', SYSTEM_ACCOUNTS],
      resources: [LEASES],
    },
  ],
  [
    'endpoint-controller',
    {
      precedence: 150,
      level: 'workload-high',
      by: 'ByUser',
      subjects: [
        'User/system:kube-controller-manager',
        'ServiceAccount/kube-system/endpoint-controller',
        'ServiceAccount/kube-system/endpointslicemirroring-controller',
      ],
      resources: ['get,create,update core: endpoints'],
    },
  ],
  [
    'workload-leader-election',
    {
      precedence: 200,
      level: 'leader-election',
      by: 'ByUser',
      subjects: [SYSTEM_ACCOUNTS],
      resources: ['get,create,update core: endpoints,configmaps', LEASES],
    },
  ],
  [
    'system-node-high',
    {
      precedence: 400,
      level: 'node-high',
      by: 'ByUser',
      subjects: ['Group/system:nodes'],
      resources: ['* core: nodes,nodes/status cluster', '* coordination.k8s.io: leases'],
    },
  ],
  ['system-nodes', { precedence: 500, level: 'system', by: 'ByUser', subjects: ['Group/system:nodes'] }],
  ['kube-controller-manager', { precedence: 800, level: 'workload-high', by: 'ByNamespace', subjects: ['User/system:kube-controller-manager'] }],
  ['kube-scheduler', { precedence: 800, level: 'workload-high', by: 'ByNamespace', subjects: ['User/system:kube-scheduler'] }],
  ['kube-system-service-accounts', { precedence: 900, level: 'workload-high', by: 'ByNamespace', subjects: [SYSTEM_ACCOUNTS] }],
  ['service-accounts', { precedence: 9000, level: 'workload-low', by: 'ByUser', subjects: ['Group/system:serviceaccounts'] }],
  ['global-default', { precedence: 9900, level: 'global-default', by: 'ByUser', subjects: EVERYBODY }],
  ['catch-all', { precedence: 10_000, level: 'catch-all', by: 'ByUser', subjects: EVERYBODY }],
];

function subjectOf(text: string) {
  const [kind, first, second] = text.split('/') as [string, string, string];
  if (kind === 'ServiceAccount') return { kind, serviceAccount: { namespace: first, name: second } };
  return kind === 'User' ? { kind, user: { name: first } } : { kind, group: { name: first } };
}

function resourceRuleOf(text: string) {
  const [verbs, group, resources, cluster] = text.split(/:? /) as [string, string, string, string | undefined];
  const apiGroups = [group === 'core' ? '' : group];
  return { verbs: verbs.split(','), apiGroups, resources: resources.split(','), ...(cluster ? { clusterScope: true } : {}), namespaces: ['*'] };
}

const ALL_PATHS = [{ verbs: ['*'], nonResourceURLs: ['*'] }];
const ALL_RESOURCES = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] }];

function flowRule({ subjects, resources, paths }: Flow) {
  const about = { subjects: subjects.map(subjectOf) };
  if (paths) return { ...about, nonResourceRules: [{ verbs: ['get'], nonResourceURLs: paths }] };
  if (resources) return { ...about, resourceRules: resources.map(resourceRuleOf) };
  return { ...about, resourceRules: ALL_RESOURCES, nonResourceRules: ALL_PATHS };
}

const found = (level: string): string => `This FlowSchema references the PriorityLevelConfiguration object named "${level}" and it exists`;

const flowSchema = ([name, flow]: (typeof FLOWS)[number], now: number): Bootstrapped => ({
  resource: `${GROUP}/flowschemas`,
  object: {
    kind: 'FlowSchema',
    apiVersion: `${GROUP}/v1`,
    metadata: { name, annotations: AUTOUPDATE },
    spec: {
      priorityLevelConfiguration: { name: flow.level },
      matchingPrecedence: flow.precedence,
      ...(flow.by ? { distinguisherMethod: { type: flow.by } } : {}),
      rules: [flowRule(flow)],
    },
    status: { conditions: [{ type: 'Dangling', status: 'False', lastTransitionTime: toRfc3339(now), reason: 'Found', message: found(flow.level) }] },
  },
});

export const flowControlObjects = (now: number): Bootstrapped[] => [...LEVELS.map(priorityLevel), ...FLOWS.map((flow) => flowSchema(flow, now))];
