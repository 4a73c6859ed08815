import { images } from '../../images/registry.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { type Log, loggedRun, logOfRun } from '../../kubelet/logs.ts';
import { nodeRecord } from '../../kubelet/node-record.ts';
import { type ActionResult, defineAction } from '../../machinery/action.ts';
import type { WriteContext } from '../../machinery/machine.ts';
import { ApiError, badRequest } from '../../machinery/status.ts';
import { containerName } from './container-name.ts';
import { type LogOptions, logOptions } from './log-options.ts';
import { type Cursor, cursorFrom, textOf } from './log-text.ts';

/** GET pods/x/log. Models pkg/registry/core/pod/rest/log.go and strategy.go (LogLocation). */
export const podLog = defineAction({
  resource: 'core/pods',
  subresource: 'log',
  verbs: ['get'],
  group: '',
  version: 'v1',
  kind: 'Pod',
  run: ({ write, object, query, resume }) => {
    const pod = object as PodObject;
    const options = logOptions(query, pod.metadata.name as string);
    const container = containerName(pod, options.container);
    if (!pod.spec.nodeName) return { text: '' };
    requireKubelet(write, pod, container);
    const cursor = resume === undefined ? undefined : cursorFrom(resume);
    const run = cursor ?? loggedRun(pod, container, options.previous);
    if ('problem' in run) throw badRequest(run.problem);
    const log = logOfRun(write.txn, images, pod, container, run.containerId);
    return part(write, pod, log, options, cursor);
  },
});

/** What is there to read, and if the reader follows a container that runs on, how to read on. */
function part({ txn }: WriteContext, pod: PodObject, log: Log, options: LogOptions, cursor: Cursor | undefined): ActionResult {
  const { text, leftBytes } = textOf(log, options, txn.now, cursor);
  if (!options.follow || !log.live || leftBytes === 0) return { text };
  const next: Cursor = { containerId: log.containerId, at: txn.now, ...(leftBytes === undefined ? {} : { leftBytes }) };
  return {
    text,
    more: {
      resume: JSON.stringify(next),
      about: `core/pods/${pod.metadata.namespace}/${pod.metadata.name}`,
      ...(log.nextAt === undefined ? {} : { wakeAt: log.nextAt }),
    },
  };
}

/** Logs are read on the node: one that does not answer has none to give. */
function requireKubelet({ txn }: WriteContext, pod: PodObject, container: string): void {
  const node = pod.spec.nodeName as string;
  if (nodeRecord(txn, node)) return;
  const addresses: { type: string; address: string }[] = txn.get(`core/nodes//${node}`)?.status?.addresses ?? [];
  const address = addresses.find(({ type }) => type === 'InternalIP')?.address;
  if (address === undefined) throw new ApiError(404, 'NotFound', `nodes "${node}" not found`, { name: node, kind: 'nodes' });
  const { namespace, name } = pod.metadata;
  const url = `https://${address}:10250/containerLogs/${namespace}/${name}/${container}`;
  throw new ApiError(500, '', `Get "${url}": dial tcp ${address}:10250: connect: no route to host`);
}
