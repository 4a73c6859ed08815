import { expect, it } from 'vitest';
import { simulationWarnings } from './simulation.ts';

it.each([
  ['memory', '50Mi, 60s=200Mi', undefined],
  ['memory.c', '50Mi', undefined],
  ['emptydir.cache', '20s=1Gi', undefined],
  ['exit-code', '3', undefined],
  ['memory', 'much', '"much" is ignored; it must be a quantity, or several with the time from which each holds, as `50Mi, 60s=200Mi`'],
  ['exit-code', '300', '"300" is ignored; it must be a number from 0 to 255'],
  ['run-seconds', 'soon', '"soon" is ignored; it must be a number of seconds'],
  ['fail', 'never', '"never" is ignored; it must be one of start, crash, oom'],
])('%s: %s', (name, value, problem) => {
  const key = `sim.vivakube.dev/${name}`;
  expect(simulationWarnings({ [key]: value, 'other/x': 'y' }, 'metadata.annotations')).toEqual(
    problem ? [`metadata.annotations[${key}]: ${problem}`] : [],
  );
});

it('what nobody knows', () => {
  const [warning] = simulationWarnings({ 'sim.vivakube.dev/memry': '1Mi' }, 'spec.template.metadata.annotations');
  expect(warning).toMatch(/^spec.template.metadata.annotations\[sim.vivakube.dev\/memry\]: unknown annotation is ignored; known are cpu, memory, /);
});
