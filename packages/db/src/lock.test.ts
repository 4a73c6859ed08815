import { spawnSync } from 'node:child_process';
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
