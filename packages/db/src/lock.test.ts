import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './lock.ts';

describe('lockDirectory', () => {
  let home = '';
  let dir = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'vivakube-lock-'));
    dir = join(home, 'data');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('lets one owner in and names it to the next', () => {
    const lock = lockDirectory(dir);
    expect(() => lockDirectory(`${dir}/`)).toThrow(`data directory ${dir}/ is in use by process ${process.pid} (lock file ${dir}.lock)`);
    lock.release();
    expect(readdirSync(home)).toEqual([]);
    lockDirectory(dir).release();
  });

  it('takes over from a process that is dead', () => {
    const { pid } = spawnSync('true');
    writeFileSync(`${dir}.lock`, JSON.stringify({ pid, started: '1', token: 'dead' }));
    const lock = lockDirectory(dir);
    expect(JSON.parse(readFileSync(`${dir}.lock`, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(home)).toEqual(['data.lock']);
    lock.release();
  });

  it.runIf(existsSync('/proc/self/stat'))('takes over when the pid has been given to another process', () => {
    writeFileSync(`${dir}.lock`, JSON.stringify({ pid: process.pid, started: '1', token: 'before a restart' }));
    lockDirectory(dir).release();
  });

  it.runIf(existsSync('/proc/self/stat'))('takes over from a process that is dead but not yet waited for', async () => {
    // The shell becomes a sleep that never asks what became of its child.
    const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 5'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(output.toString());
    const stat = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    while (stat()[0] !== 'Z') await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(`${dir}.lock`, JSON.stringify({ pid, started: stat()[19], token: 'zombie' }));
    lockDirectory(dir).release();
    parent.kill();
  });

  it('leaves a lock alone that is not its own any more', () => {
    const lock = lockDirectory(dir);
    writeFileSync(`${dir}.lock`, JSON.stringify({ pid: 1, started: '', token: 'other' }));
    lock.release();
    expect(existsSync(`${dir}.lock`)).toBe(true);
  });

  it('does not guess about a lock it cannot read', () => {
    writeFileSync(`${dir}.lock`, 'not json');
    expect(() => lockDirectory(dir)).toThrow(`cannot read the lock file ${dir}.lock`);
  });
});
