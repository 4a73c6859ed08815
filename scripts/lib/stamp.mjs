import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './run.mjs';

const SKIP = new Set(['node_modules', 'dist', 'generated', '.next', '.turbo', '.git', '.data', '.tools', 'test-results', 'playwright-report']);

function* files(path) {
  const info = statSync(path);
  if (!info.isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!SKIP.has(entry.name)) yield* files(join(path, entry.name));
  }
}

/** A hash of what the files say. */
export function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths.map((p) => join(root, p)).filter((p) => existsSync(p))) {
    for (const file of [...files(path)].sort())
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

/** Does the work unless it was done for exactly this before and its results are still there. */
export function once(name, wanted, results, work) {
  const stamp = join(root, 'node_modules', '.vivakube', name);
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && results.every((path) => existsSync(join(root, path)));
  if (done) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
