import { type Instant, parseRfc3339, toRfc3339Micro } from '../../core/instant.ts';
import { images } from '../../images/registry.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { type ContainerLine, logsOf } from '../../kubelet/logs.ts';
import { containersOf } from '../../kubelet/start-state.ts';
import { defineAction } from '../../machinery/action.ts';
import type { Query } from '../../machinery/request.ts';
import { badRequest } from '../../machinery/status.ts';

/** GET pods/x/log. Models pkg/registry/core/pod/rest/log.go and strategy.go (LogLocation). */
export const podLog = defineAction({
  resource: 'core/pods',
  subresource: 'log',
  verbs: ['get'],
  group: '',
  version: 'v1',
  kind: 'Pod',
  run: ({ write, object, query }) => {
    const pod = object as PodObject;
    const podName = pod.metadata.name as string;
    const container = containerName(pod, query.get('container'));
    const { txn } = write;
    const log = logsOf(txn, images, pod, container, txn.now, query.flag('previous'));
    if ('missing' in log) throw badRequest(`previous terminated container "${container}" in pod "${podName}" not found`);
    if ('waiting' in log) throw badRequest(`container "${container}" in pod "${podName}" is waiting to start: ${log.waiting}`);
    return { text: rendered(log.lines, query, txn.now) };
  },
});

function containerName(pod: PodObject, asked: string | undefined): string {
  const podName = pod.metadata.name as string;
  if (asked) {
    if (!containersOf(pod).has(asked)) throw badRequest(`container ${asked} is not valid for pod ${podName}`);
    return asked;
  }
  const names = pod.spec.containers.map((c) => c.name);
  if (names.length === 1) return names[0] as string;
  throw badRequest(`a container name must be specified for pod ${podName}, choose one of: [${names.join(' ')}]`);
}

function rendered(lines: readonly ContainerLine[], query: Query, now: Instant): string {
  const since = sinceOf(query, now);
  let shown = since === undefined ? lines : lines.filter((line) => line.at >= since);
  const tail = numberOf(query, 'tailLines');
  if (tail !== undefined) shown = tail === 0 ? [] : shown.slice(-tail);
  const timestamps = query.flag('timestamps');
  const text = shown.map((line) => `${timestamps ? `${toRfc3339Micro(line.at).replace('Z', '000Z')} ` : ''}${line.text}\n`).join('');
  const limit = numberOf(query, 'limitBytes');
  return limit === undefined ? text : text.slice(0, limit);
}

function sinceOf(query: Query, now: Instant): Instant | undefined {
  const seconds = numberOf(query, 'sinceSeconds');
  if (seconds !== undefined) return now - seconds * 1000;
  return parseRfc3339(query.get('sinceTime') ?? '');
}

const numberOf = (query: Query, name: string): number | undefined => {
  const text = query.get(name);
  return text === undefined || text === '' ? undefined : Number(text);
};
