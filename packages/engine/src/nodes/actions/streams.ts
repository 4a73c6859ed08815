import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { type ConnectionContext, defineConnection } from '../../machinery/action.ts';
import type { Verb } from '../../machinery/kind.ts';
import type { Query } from '../../machinery/request.ts';
import { badRequest, notFound } from '../../machinery/status.ts';
import { containerName } from './container-name.ts';
import { notSimulated } from './not-simulated.ts';

const VERBS: readonly Verb[] = ['create', 'get'];
const POD = { resource: 'core/pods', verbs: VERBS, group: '', version: 'v1', needsCreate: true } as const;
const FLAGS = ['stdin', 'stdout', 'stderr', 'tty'] as const;

function podOf(view: View, namespace: string, name: string): PodObject {
  const pod = view.get(objectKey('core/pods', namespace, name));
  if (!pod) throw notFound('', 'pods', name);
  return pod as PodObject;
}

/** As they are written where they are true: false is left out. */
function flagsOf(query: Query): Record<string, true> {
  const flags: Record<string, true> = {};
  for (const name of FLAGS) if (query.flag(name)) flags[name] = true;
  return flags;
}

const containerOf = (query: Query): { container?: string } => {
  const container = query.get('container');
  return container ? { container } : {};
};

/** Models streamLocation in pkg/registry/core/pod/strategy.go. */
function openStream(subresource: string, { view, namespace, name, options, upgrades }: ConnectionContext): never {
  const pod = podOf(view, namespace, name);
  if (subresource !== 'portforward') containerName(pod, options.container as string | undefined);
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  if (!view.get(objectKey('core/nodes', '', pod.spec.nodeName))) throw notFound('', 'nodes', pod.spec.nodeName);
  if (!upgrades) throw badRequest('Upgrade request required');
  throw notSimulated(`pods/${subresource}`);
}

export const podExec = defineConnection({
  ...POD,
  subresource: 'exec',
  kind: 'PodExecOptions',
  options: (query) => ({ ...flagsOf(query), ...containerOf(query), command: query.get('command') === undefined ? null : query.all('command') }),
  run: (context) => openStream('exec', context),
});

export const podAttach = defineConnection({
  ...POD,
  subresource: 'attach',
  kind: 'PodAttachOptions',
  options: (query) => ({ ...flagsOf(query), ...containerOf(query) }),
  run: (context) => openStream('attach', context),
});

export const podPortForward = defineConnection({
  ...POD,
  subresource: 'portforward',
  kind: 'PodPortForwardOptions',
  options: (query) => (query.get('ports') === undefined ? {} : { ports: query.integers('ports') }),
  run: (context) => openStream('portforward', context),
});
