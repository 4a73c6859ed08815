import type { Container } from '@vivakube/schema/types/core.v1';
import type { PodObject } from '../shared/pod.ts';
import { nano } from '../shared/quantity.ts';
import { type Phase, phasesOf } from './schedule.ts';

const PREFIX = 'sim.vivakube.dev/';
const MEASURED = /^sim\.vivakube\.dev\/(memory|ephemeral-storage|emptydir)(\.|$)/;
const STRESS = /(^|\/)stress(-ng)?(:|@|$)/;

function annotated(pod: PodObject, name: string): Phase[] | undefined {
  const { annotations = {} } = pod.metadata;
  return Object.hasOwn(annotations, PREFIX + name) ? phasesOf(annotations[PREFIX + name]) : undefined;
}

const ofContainer = (pod: PodObject, container: string, what: string): Phase[] | undefined =>
  annotated(pod, `${what}.${container}`) ?? annotated(pod, what);

type Program = Pick<Container, 'name' | 'image' | 'command' | 'args'>;

/** Memory that a container is said to use from its start on, by an annotation or by what it tells a load generator to take. */
export const memoryDemand = (pod: PodObject, container: Program): Phase[] | undefined =>
  ofContainer(pod, container.name, 'memory') ?? stress(container, memoryOfStress);

export const cpuDemand = (pod: PodObject, container: Program): Phase[] | undefined =>
  ofContainer(pod, container.name, 'cpu') ?? stress(container, cpuOfStress);

/** What a container writes into its own file system and its log. */
export const storageDemand = (pod: PodObject, container: string): Phase[] | undefined => ofContainer(pod, container, 'ephemeral-storage');

/** What is written into an emptyDir volume, from the pod's start on: `sim.vivakube.dev/emptydir.<volume>`. */
export const volumeDemand = (pod: PodObject, volume: string): Phase[] | undefined => annotated(pod, `emptydir.${volume}`);

/** Whether a pod says anything about the memory and disk that it uses: nobody has to look at the others. */
export const hasDemands = (pod: PodObject): boolean =>
  Object.keys(pod.metadata.annotations ?? {}).some((key) => MEASURED.test(key)) || pod.spec.containers.some((c) => STRESS.test(c.image ?? ''));

function stress(container: Program, read: (words: readonly string[]) => number | undefined): Phase[] | undefined {
  if (!STRESS.test(container.image ?? '')) return undefined;
  const amount = read([...(container.command ?? []), ...(container.args ?? [])].flatMap((word) => word.split('=')));
  return amount === undefined ? undefined : [{ fromMs: 0, nano: amount }];
}

const after = (words: readonly string[], ...flags: string[]): string | undefined => {
  const at = words.findIndex((word) => flags.includes(word));
  return at < 0 ? undefined : words[at + 1];
};

/** `--vm 2 --vm-bytes 150M` of stress and `-mem-total 150Mi` of the load generator of the documentation. */
function memoryOfStress(words: readonly string[]): number | undefined {
  const each = after(words, '--vm-bytes', '-mem-total', '--mem-total');
  const parts = /^(\d+)([KMGB]?)(i?)B?$/i.exec(each ?? '');
  if (!parts) return undefined;
  const unit = (parts[2] as string).toUpperCase();
  const bytes = nano(`${parts[1]}${unit === '' || unit === 'B' ? '' : `${unit}i`}`);
  return Number(bytes) * Number(after(words, '--vm', '-m') ?? 1);
}

function cpuOfStress(words: readonly string[]): number | undefined {
  const workers = Number(after(words, '-cpus', '--cpus', '--cpu', '-c') ?? after(words, '--vm', '-m'));
  return Number.isFinite(workers) && workers > 0 ? workers * 1e9 : undefined;
}
