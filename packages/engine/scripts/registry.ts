import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Writes src/registry.gen.ts: every kind, controller and action that has a folder or file of its own.
 * `--check` writes nothing and fails where the file on disk is not what the folders say.
 */
const root = join(import.meta.dirname, '..', 'src');
const target = join(root, 'registry.gen.ts');

interface Found {
  file: string;
  name: string;
}

function walk(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)]));
}

function exported(file: string, definer: string): Found[] {
  const pattern = new RegExp(`^export const (\\w+)(?::[^=]+)? = ${definer}(?:<[^(]*>)?\\(`, 'gm');
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => ({ file: relative(root, file), name: match[1] as string }));
}

const files = walk(root).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const collect = (definer: string, where: RegExp): Found[] =>
  files.filter((file) => where.test(relative(root, file))).flatMap((file) => exported(file, definer));

const kinds = collect('defineKind', /^(kinds|scheduler)\/.*\/kind\.ts$/);
const controllers = collect('defineController', /^(controllers|scheduler|kubelet|network|nodes)\//);
const actions = collect('define(?:Action|Connection)', /\/actions\//);

const imports = (found: Found[]): string => found.map(({ file, name }) => `import { ${name} } from './${file}';`).join('\n');
const list = (found: Found[]): string => (found.length === 0 ? '[]' : `[\n${found.map(({ name }) => `  ${name},`).join('\n')}\n]`);

const text = `// Written by scripts/registry.ts from the folders. Do not edit.
import type { Action, Connection } from './machinery/action.ts';
import type { Controller } from './machinery/controller.ts';
import type { KindDefinition } from './machinery/kind.ts';
${imports([...kinds, ...controllers, ...actions].sort((a, b) => (a.file < b.file ? -1 : 1)))}

export const KINDS = ${list(kinds)} as unknown as readonly KindDefinition[];

export const CONTROLLERS: readonly Controller[] = ${list(controllers)};

export const ACTIONS: readonly (Action | Connection)[] = ${list(actions)};
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('src/registry.gen.ts is out of date: run `npm run registry -w @vivakube/engine`');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
