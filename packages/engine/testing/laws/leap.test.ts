import { describe, expect, test } from 'vitest';
import { decodeState, encodeState } from '../../src/core/delta.ts';
import { indexer } from '../../src/engine.ts';
import { bytesOf } from '../simulate.ts';
import { EPOCH, type World, world } from '../world.ts';

const HOUR_MS = 3_600_000;

const cronJob = (name: string, schedule: string, command = 'date') => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name },
  spec: {
    schedule,
    jobTemplate: {
      spec: {
        backoffLimit: 0,
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', command] }] } },
      },
    },
  },
});

function clusterWith(seed: string, manifests: readonly object[]): World {
  const w = world({ timing: 'realistic', seed, at: EPOCH + 1234 });
  for (const manifest of manifests) w.apply(manifest);
  return w;
}

function firstDifference(a: string, b: string): string {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const at = left.findIndex((line, i) => line !== right[i]);
  return `line ${at}:\n${left[at]?.slice(0, 600)}\n${right[at]?.slice(0, 600)}`;
}

/** In one go, and in steps too short to leave anything out, with the store between them. */
function compare(seed: string, manifests: readonly object[], hours: number): { played: number; inOneGo: number } {
  const whole = clusterWith(seed, manifests).advance(hours * HOUR_MS);
  const cut = clusterWith(seed, manifests);
  for (let i = 0; i < hours; i++) {
    cut.advance(HOUR_MS);
    if (i % 9 === 0) cut.state = decodeState(encodeState(cut.state), indexer);
  }
  if (bytesOf(whole.state) !== bytesOf(cut.state)) throw new Error(firstDifference(bytesOf(cut.state), bytesOf(whole.state)));
  return { played: cut.events.length, inOneGo: whole.events.length };
}

describe('rounds of steady loops are left out', { timeout: 60_000 }, () => {
  const minutes = (name: string, schedule: string, command?: string, spec: object = {}) => {
    const made = cronJob(name, schedule, command);
    return { ...made, spec: { ...made.spec, ...spec } };
  };
  test.each([
    ['one that succeeds', 20, [cronJob('tick', '*/20 * * * *')]],
    ['one that fails, beside a slower one', 20, [cronJob('fast', '*/20 * * * *', 'exit 1'), cronJob('slow', '*/30 * * * *')]],
    ['some at the same minutes', 20, [cronJob('a', '*/30 * * * *'), cronJob('a-b', '*/30 * * * *', 'sleep 3'), cronJob('c', '0 * * * *')]],
    ['one at odd minutes', 20, [cronJob('odd', '7,13,41 * * * *')]],
    ['one whose Jobs still run when the next is due', 40, [cronJob('long', '*/30 * * * *', 'sleep 4000')]],
    [
      'one that waits for the run before',
      24,
      [minutes('forbid', '*/30 * * * *', 'sleep 2000', { concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 60 })],
    ],
    ['one that ends the run before', 20, [minutes('replace', '*/30 * * * *', 'sleep 9000', { concurrencyPolicy: 'Replace' })]],
    ['one that a rare one interrupts', 20, [cronJob('fast', '*/30 * * * *'), cronJob('rare', '30 9 1 * *')]],
    ['some of different hours', 40, [cronJob('hourly', '15 * * * *'), cronJob('third', '0 */3 * * *')]],
  ])('%s', (name, hours, manifests) => {
    const { played, inOneGo } = compare(name, manifests, hours);
    expect(inOneGo).toBeLessThan(played * 0.9);
  });

  const waiting = { containers: [{ name: 'c', image: 'nginx' }], volumes: [{ name: 'v', secret: { secretName: 'none' } }] };
  const labels = { app: 'web' };
  test.each([
    ['a pod', [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: waiting }]],
    [
      'pods of a Deployment, beside a CronJob',
      [
        cronJob('tick', '*/20 * * * *'),
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'web', namespace: 'default' },
          spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: waiting } },
        },
      ],
    ],
  ])('%s waiting for a Secret which nobody makes', (name, manifests) => {
    const { played, inOneGo } = compare(name, manifests, 30);
    expect(inOneGo).toBeLessThan(played / 2);
  });

  test('but not where chance orders what a run does', () => {
    const parallel = cronJob('parallel', '*/30 * * * *');
    Object.assign(parallel.spec.jobTemplate.spec, { parallelism: 3, completions: 3 });
    const { played, inOneGo } = compare('parallel', [parallel], 10);
    expect(inOneGo).toBe(played);
  });
});

test('a CronJob of every five minutes, thirty days later', { timeout: 60_000 }, () => {
  const w = clusterWith('month', [cronJob('tick', '*/5 * * * *')]);
  w.advance(30 * 24 * HOUR_MS);
  expect(w.events.length).toBeLessThan(6000);
  expect(w.state.revision).toBeGreaterThan(30 * 24 * 12 * 20);
  w.advance(30_000);
  const jobs = w.objects('batch/jobs', 'default').map((job) => job.metadata.name);
  const latest = Math.floor(w.now / 300_000) * 5;
  expect(jobs).toEqual([10, 5, 0].map((ago) => `tick-${latest - ago}`));
});
