import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = join(import.meta.dirname, '..', 'src');

interface Source {
  /** Path below src. */
  file: string;
  text: string;
  /** Without comments and strings' contents, so that words in prose do not count. */
  code: string;
}

function sources(dir = src): Source[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return sources(path);
    if (!entry.name.endsWith('.ts') || /\.(test|gen)\.ts$/.test(entry.name)) return [];
    const text = readFileSync(path, 'utf8');
    return [{ file: relative(src, path), text, code: stripped(text) }];
  });
}

const stripped = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");

const files = sources();

/** What the engine must not touch, each with what to use instead. */
const BANNED: readonly [RegExp, string][] = [
  [/\bDate\b/, 'instants from core/instant.ts: the engine has no clock'],
  [/\bMath\.random\b/, 'chance() from core/chance.ts: chance is a hash of its purpose'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'a timer in the state: return the instant from reconcile'],
  [/\bPromise\b|\basync\b|\bawait [\w(]/, 'plain calls: a step is synchronous'],
  [
    /\blocaleCompare\b|\btoLocale\w+\b|\bIntl\.(?!DateTimeFormat|supportedValuesOf)/,
    'comparison by code unit (<): results must not depend on the machine',
  ],
  [/\bperformance\.|\bprocess\.(env|argv|hrtime|cwd|exit|nextTick|memoryUsage)/, 'values that come in with the input'],
  [/\bcrypto\b(?=\.)/, 'chance() or hash32() from core/chance.ts'],
];

/** Folders from the inside out; a folder may import those before it and itself. */
const LAYERS: readonly (readonly string[])[] = [
  ['core'],
  ['machinery'],
  ['kinds'],
  ['controllers', 'scheduler', 'kubelet', 'images', 'shell', 'network'],
];
const layerOf = (folder: string): number => LAYERS.findIndex((layer) => layer.includes(folder));

const importsOf = ({ text }: Source): string[] =>
  [...text.matchAll(/^(?:import|export)(?:[^;'"`]*? from)? '([^']+)'/gm)].map((match) => match[1] as string);

describe('the engine is a pure function', () => {
  test.each(BANNED)('nothing uses %s', (pattern, instead) => {
    const found = files.filter(({ code }) => pattern.test(code)).map(({ file }) => `${file}: use ${instead}`);
    expect(found).toEqual([]);
  });

  test('nothing imports from outside but pure libraries', () => {
    const allowed = /^(\.{1,2}\/|@vivakube\/schema(\/|$)|yaml$|rfc6902$|ipaddr\.js$|croner$|@noble\/(curves|hashes)\/)/;
    const found = files.flatMap((source) =>
      importsOf(source)
        .filter((name) => !allowed.test(name))
        .map((name) => `${source.file} imports ${name}`),
    );
    expect(found).toEqual([]);
  });
});

describe('imports run one way', () => {
  test('a folder imports only what lies further in, and never a sibling', () => {
    const found: string[] = [];
    for (const source of files) {
      const folder = source.file.split('/')[0] as string;
      const layer = layerOf(folder);
      if (layer < 0) continue;
      for (const name of importsOf(source).filter((n) => n.startsWith('.'))) {
        const target = normalize(join(dirname(source.file), name)).split('/')[0] as string;
        if (target === folder) continue;
        const other = layerOf(target);
        if (other < 0 || other >= layer) found.push(`${source.file} imports ${name}: ${folder} may not know ${target}`);
      }
    }
    expect(found).toEqual([]);
  });

  test('shared code never asks for a kind by its name', () => {
    const found = files
      .filter(({ file }) => file.startsWith('machinery/verbs/') || file.startsWith('machinery/write/'))
      .filter(({ text }) => /\.kind\s*===?\s*'/.test(text))
      .map(({ file }) => file);
    expect(found).toEqual([]);
  });
});
