import type { Figure } from '@vivakube/db/bench';
import { engine, step } from '@vivakube/engine';
import { busyCluster, crashStorm, fleet, type World } from '@vivakube/engine/testing';
import { median } from './time.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Until a cluster that was just made does the same every hour: its CronJobs have as many finished Jobs as they keep, and the first Events are forgotten. */
const SETTLED_AFTER_HOURS = 9;

/** Processor time, so that a busy machine tells the same. */
const cpuMs = (): number => process.cpuUsage().user / 1000;

interface Run {
  hoursPerSecond: number;
  longestStepMs: number;
  events: number;
}

/** Lets hours pass in one go, as a request does that comes after them: step by step, each within its budget. */
function catchUp(w: World, hours: number): Run {
  const events = w.events.length;
  let longestStepMs = 0;
  const began = cpuMs();
  w.now += hours * HOUR_MS;
  for (let caughtUp = false; !caughtUp; ) {
    const stepBegan = cpuMs();
    caughtUp = w.run().caughtUp;
    longestStepMs = Math.max(longestStepMs, cpuMs() - stepBegan);
  }
  return { hoursPerSecond: (hours * 1000) / (cpuMs() - began), longestStepMs, events: w.events.length - events };
}

const BUSY = '100 nodes, 1,000 pods with probes, 20 CronJobs, an HPA';
const perSecond = (what: string, { hoursPerSecond: value }: Run, goal?: number): Figure => ({
  what,
  value,
  unit: 'h/s',
  ...(goal === undefined ? {} : { goal: { at: 'least' as const, value: goal } }),
});

export function benchCatchUp(): Figure[] {
  const w = busyCluster({ workers: 100, pods: 1000, cronJobs: 20 });
  const first = catchUp(w, SETTLED_AFTER_HOURS);
  const day = catchUp(w, DAY_HOURS);
  const month = catchUp(w, 30 * DAY_HOURS);
  return [
    perSecond(`catch-up of the first ${SETTLED_AFTER_HOURS} hours from nothing: ${BUSY}`, first),
    perSecond(`catch-up of a day: ${BUSY}`, day, 24),
    perSecond(`catch-up of 30 days: ${BUSY}`, month, 24),
    { what: 'longest step of all that', value: Math.max(first.longestStepMs, day.longestStepMs, month.longestStepMs), unit: 'ms' },
    ...quiet(),
    perSecond('catch-up of a day: 1,000 pods that crash at once on 100 nodes', catchUp(crashStorm({ workers: 100, pods: 1000 }), DAY_HOURS), 1),
    ...random(),
  ];
}

/** Nothing but pods that run and are probed. */
function quiet(): Figure[] {
  const w = busyCluster({ workers: 100, pods: 1000, cronJobs: 0 });
  w.advance(2 * HOUR_MS);
  let writes = 0;
  const ms = median(9, () => {
    if (step(engine, w.state, { at: w.now + 30 * DAY_HOURS * HOUR_MS }).delta) writes++;
  });
  return [
    { what: 'catch-up of 30 days: 1,000 pods with probes and nothing else', value: ms, unit: 'ms', goal: { at: 'most', value: 1 } },
    { what: 'writes of those 30 days', value: writes, unit: '', goal: { at: 'most', value: 0 } },
  ];
}

const MONTH_DAYS = 30;
/** Of processor time for one random cluster: what is not there by then counts as that much and is told as not done. */
const PATIENCE_MS = 60_000;

interface Month {
  seconds: number;
  days: number;
  longestStepMs: number;
}

function monthOf(seed: string): Month {
  const w = fleet(seed);
  const from = w.now;
  w.now += MONTH_DAYS * DAY_HOURS * HOUR_MS;
  const began = cpuMs();
  let longestStepMs = 0;
  for (let caughtUp = false; !caughtUp && cpuMs() - began < PATIENCE_MS; w.deltas.length = 0) {
    const stepBegan = cpuMs();
    caughtUp = w.run().caughtUp;
    longestStepMs = Math.max(longestStepMs, cpuMs() - stepBegan);
  }
  return { seconds: (cpuMs() - began) / 1000, days: (w.state.now - from) / (DAY_HOURS * HOUR_MS), longestStepMs };
}

function random(): Figure[] {
  const months = Array.from({ length: Number(process.env.BENCH_SEEDS ?? 4) }, (_, i) => monthOf(`bench-${i}`));
  const seconds = months.map((month) => month.seconds).sort((a, b) => a - b);
  const what = '30 days of 200 random objects, failing nodes';
  return [
    { what: `${what}: seeds`, value: months.length, unit: '' },
    {
      what: `${what}: seeds that were not done after ${PATIENCE_MS / 1000} s`,
      value: months.filter(({ days }) => days < MONTH_DAYS - 1).length,
      unit: '',
      goal: { at: 'most', value: 0 },
    },
    { what: `${what}: median processor time`, value: seconds[seconds.length >> 1] as number, unit: 's' },
    { what: `${what}: worst processor time`, value: seconds.at(-1) as number, unit: 's', goal: { at: 'most', value: 30 } },
    { what: `${what}: longest step`, value: Math.max(...months.map(({ longestStepMs }) => longestStepMs)), unit: 'ms' },
  ];
}
