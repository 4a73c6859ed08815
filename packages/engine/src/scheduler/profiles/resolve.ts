import { SCHEDULER_NAME } from '../active.ts';
import type { Plugin } from '../framework.ts';
import { DEFAULT_PLUGINS } from '../plugins/index.ts';
import { DEFAULT_POST_FILTERS } from '../post-filter.ts';
import { withArguments } from './arguments.ts';
import type { Profile } from './profile.ts';
import { ConfigurationError, list, number, record, text } from './read.ts';

type Fields = Record<string, unknown>;

export interface ProfileOptions extends Fields {
  schedulerName?: unknown;
  percentageOfNodesToScore?: unknown;
  plugins?: unknown;
  pluginConfig?: unknown;
}

/** Extension points by what they switch here: asking nodes, comparing them, or what is tried when none fits. */
const POINTS = new Map<string, readonly ('filter' | 'score' | 'postFilter')[]>([
  ['multiPoint', ['filter', 'score', 'postFilter']],
  ['preFilter', ['filter']],
  ['filter', ['filter']],
  ['postFilter', ['postFilter']],
  ['preScore', ['score']],
  ['score', ['score']],
  ...['preEnqueue', 'queueSort', 'reserve', 'permit', 'preBind', 'bind', 'postBind'].map((point): [string, []] => [point, []]),
]);

/** Plugins of every scheduler that are part of its machinery here. */
const BUILT_IN = ['PrioritySort', 'DefaultBinder', 'SchedulingGates', 'DefaultPreemption'];
const NAMES = new Set([...DEFAULT_PLUGINS.map(({ name }) => name), ...BUILT_IN]);

interface Choice {
  filter: Set<string>;
  score: Map<string, number | undefined>;
  postFilter: Set<string>;
}

/** One profile with what it changes of the default one. Models newFramework and expandMultiPointPlugins of pkg/scheduler/framework/runtime. */
export function profileOf(options: ProfileOptions, path: string): { options: ProfileOptions; made: Profile } {
  const choice: Choice = {
    filter: new Set(NAMES),
    score: new Map([...NAMES].map((name) => [name, undefined])),
    postFilter: new Set(NAMES),
  };
  const plugins = record(options.plugins ?? {}, `${path}.plugins`);
  const points = Object.keys(plugins).sort((a, b) => Number(b === 'multiPoint') - Number(a === 'multiPoint'));
  for (const point of points) choose(choice, point, record(plugins[point], `${path}.plugins.${point}`), `${path}.plugins.${point}`);
  const configured = withArguments(list(options.pluginConfig, `${path}.pluginConfig`), `${path}.pluginConfig`);
  return {
    options,
    made: {
      schedulerName: text(options.schedulerName, `${path}.schedulerName`, SCHEDULER_NAME),
      plugins: configured.map((plugin) => chosen(plugin, choice)),
      postFilters: DEFAULT_POST_FILTERS.filter(({ name }) => choice.postFilter.has(name)),
      percentageOfNodesToScore: undefined,
    },
  };
}

function choose(choice: Choice, point: string, { enabled, disabled }: Fields, path: string): void {
  const kinds = POINTS.get(point);
  if (!kinds) throw new ConfigurationError(`strict decoding error: unknown field "${path}"`);
  for (const [i, entry] of list(disabled, `${path}.disabled`).entries()) {
    const name = text(record(entry, `${path}.disabled[${i}]`).name, `${path}.disabled[${i}].name`);
    for (const kind of kinds) {
      if (name === '*') choice[kind].clear();
      else choice[kind].delete(name);
    }
  }
  for (const [i, entry] of list(enabled, `${path}.enabled`).entries()) {
    const at = `${path}.enabled[${i}]`;
    const { name: given, weight } = record(entry, at);
    const name = text(given, `${at}.name`);
    if (!NAMES.has(name)) throw new ConfigurationError(`${at}.name: Invalid value: "${name}": ${point} plugin "${name}" does not exist`);
    for (const kind of kinds) {
      if (kind === 'score') choice.score.set(name, number(weight, `${at}.weight`) || undefined);
      else choice[kind].add(name);
    }
  }
}

function chosen(plugin: Plugin, { filter, score }: Choice): Plugin {
  const weight = score.get(plugin.name) ?? plugin.weight;
  const { filter: asks, narrow, holdsBack, reserve, rate, score: compares, ...rest } = plugin;
  return {
    ...rest,
    ...(filter.has(plugin.name)
      ? { ...(asks ? { filter: asks } : {}), ...(narrow ? { narrow } : {}), ...(holdsBack ? { holdsBack } : {}), ...(reserve ? { reserve } : {}) }
      : {}),
    ...(score.has(plugin.name) ? { ...(rate ? { rate } : {}), ...(compares ? { score: compares } : {}) } : {}),
    ...(weight === undefined ? {} : { weight }),
  };
}
