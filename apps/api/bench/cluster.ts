import type { Figure } from '@vivakube/db/bench';
import { type ApiAnswer, engine, step } from '@vivakube/engine';
import { EPOCH, type World, world } from '@vivakube/engine/testing';
import { median } from './time.ts';

const DAY_MS = 86_400_000;
/** Nodes take 110. */
const PODS_PER_NODE = 100;

export const deployment = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'c', image: 'nginx:1.25', resources: { requests: { cpu: '1m' } } }] },
    },
  },
});

const textOf = (answer: ApiAnswer): readonly string[] => (typeof answer.body === 'string' ? [answer.body] : (answer.body as readonly string[]));

/** What the engine alone does, without a database or a socket. */
export function benchCluster(pods = 10_000): Figure[] {
  const workers = Math.ceil(pods / PODS_PER_NODE);
  const large = world({ workers, timing: 'instant' });
  const started = performance.now();
  large.create(deployment('big', pods) as never);
  const scaleOutMs = performance.now() - started;
  return [
    { what: `Deployment of ${pods} pods to Running, engine alone (one process, ${workers + 1} nodes)`, value: scaleOutMs, unit: 'ms' },
    ...lists(large, pods),
    ...idle(),
  ];
}

function lists(large: World, pods: number): Figure[] {
  const list = (accept: string) => {
    const response = large.respond('GET', '/api/v1/pods', undefined, { accept });
    if (response.type !== 'answer') throw new Error('a list is an answer');
    return response;
  };
  list('application/json');
  const texts = textOf(list('application/json'));
  const buffers = texts.map((text) => Buffer.from(text));
  const floorMs = median(7, () => Buffer.concat(buffers));
  const listMs = median(7, () => Buffer.from(textOf(list('application/json')).join('')));
  const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const tableMs = median(5, () => Buffer.from(textOf(list(table)).join('')));
  return [
    { what: `LIST of ${pods} pods as JSON: Buffer.concat of the same bytes (floor)`, value: floorMs, unit: 'ms' },
    { what: `LIST of ${pods} pods as JSON, warm, to bytes`, value: listMs, unit: 'ms' },
    { what: `LIST of ${pods} pods, times the floor`, value: listMs / floorMs, unit: 'x', goal: { at: 'most', value: 2.5 } },
    { what: `Table of ${pods} pods`, value: tableMs, unit: 'ms', goal: { at: 'most', value: 90 } },
  ];
}

function idle(): Figure[] {
  const { state } = world({ workers: 2, timing: 'realistic' });
  let writes = 0;
  const ms = median(9, () => {
    const result = step(engine, state, { at: EPOCH + 30 * DAY_MS });
    if (result.delta) writes++;
  });
  return [
    { what: 'catch-up of 30 idle days of a fresh cluster', value: ms, unit: 'ms', goal: { at: 'most', value: 1 } },
    { what: 'writes of 30 idle days', value: writes, unit: '', goal: { at: 'most', value: 0 } },
  ];
}
