import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseError } from './failure.ts';

interface Owner {
  pid: number;
  /** When that process began, in the kernel's own words: a pid alone may have been given to somebody else. */
  started: string;
  token: string;
}

export interface DirectoryLock {
  release(): void;
}

/** Fields of /proc/<pid>/stat from the third on; none where there is no /proc or no such process. */
function processFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

/** Field 22. Empty where there is no /proc: then a living pid is taken for the owner. */
const processStart = (pid: number): string => processFields(pid)[19] ?? '';

/** A process that was killed but not yet waited for by its parent holds a pid and nothing else. */
const isZombie = (pid: number): boolean => ['Z', 'X'].includes(processFields(pid)[0] ?? '');

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (isZombie(owner.pid)) return false;
  const started = processStart(owner.pid);
  return started === '' || owner.started === '' || started === owner.started;
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new DatabaseError(`cannot read the lock file ${path}: ${(error as Error).message}`);
  }
}

/** Puts a complete file in place only if there is none: the name appears with its content or not at all. */
function place(path: string, owner: Owner): boolean {
  const draft = `${path}.${owner.token}`;
  writeFileSync(draft, JSON.stringify(owner), { flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead owner's lock out of the way; if it was somebody's fresh one that moved, it goes back. */
function clear(path: string, dead: Owner): void {
  const aside = `${path}.stale.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readOwner(aside)?.token !== dead.token) linkSync(aside, path);
  rmSync(aside, { force: true });
}

const ATTEMPTS = 5;
/** A process that was killed a moment ago still takes its leave; whoever starts the next one should not have to wait for it. */
const LEAVE_MS = 150;
const LOOK_AGAIN_MS = 10;

function outlives(owner: Owner): boolean {
  const patience = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; waitedMs < LEAVE_MS; waitedMs += LOOK_AGAIN_MS) {
    if (!isAlive(owner)) return false;
    Atomics.wait(patience, 0, 0, LOOK_AGAIN_MS);
  }
  return isAlive(owner);
}

/**
 * PGlite lets two processes open one directory, and the second one's writes are lost. So the directory belongs to whoever made `<dir>.lock`,
 * outside of it, until that process is gone.
 */
export function lockDirectory(dataDir: string): DirectoryLock {
  const path = `${dataDir.replace(/\/+$/, '')}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  const mine: Owner = { pid: process.pid, started: processStart(process.pid), token: randomUUID() };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (place(path, mine)) return { release: () => release(path, mine) };
    const owner = readOwner(path);
    if (owner && outlives(owner)) throw new DatabaseError(`data directory ${dataDir} is in use by process ${owner.pid} (lock file ${path})`);
    if (owner) clear(path, owner);
  }
  throw new DatabaseError(`data directory ${dataDir}: others are contending for ${path}`);
}

function release(path: string, mine: Owner): void {
  if (readOwner(path)?.token === mine.token) rmSync(path, { force: true });
}
