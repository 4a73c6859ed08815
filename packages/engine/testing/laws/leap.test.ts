import { describe, expect, test } from 'vitest';
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

/** In one go, and in steps too short to leave anything out. */
function compare(seed: string, manifests: readonly object[], hours: number): { played: number; inOneGo: number } {
  const whole = clusterWith(seed, manifests).advance(hours * HOUR_MS);
  const cut = clusterWith(seed, manifests);
  for (let i = 0; i < hours; i++) cut.advance(HOUR_MS);
  if (bytesOf(whole.state) !== bytesOf(cut.state)) throw new Error(firstDifference(bytesOf(cut.state), bytesOf(whole.state)));
  return { played: cut.events.length, inOneGo: whole.events.length };
}

describe('rounds of a steady loop are left out', { timeout: 60_000 }, () => {
  test.each([
    ['one that succeeds', [cronJob('tick', '*/15 * * * *')]],
    ['one that fails, beside a slower one', [cronJob('fast', '*/15 * * * *', 'exit 1'), cronJob('slow', '*/30 * * * *')]],
    ['one that a rare one interrupts', [cronJob('fast', '*/15 * * * *'), cronJob('rare', '0 1 1 * *')]],
  ])('%s', (name, manifests) => {
    const { played, inOneGo } = compare(name, manifests, 16);
    expect(inOneGo).toBeLessThan(played * 0.9);
  });

  test('but not of one whose Jobs are still running when the next is due', () => {
    const { played, inOneGo } = compare('long', [cronJob('long', '*/15 * * * *', 'sleep 1000')], 10);
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
