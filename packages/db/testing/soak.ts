import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Database, open } from '../src/index.ts';
import { lockDirectory } from '../src/lock.ts';
import { counter, counterKey, sampleIndexer, write } from './sample.ts';

/**
 * What no unit test can: processes that are killed. `npm run soak -w @vivakube/db -- 20` kills a writer so many times and looks that every
 * commit it had been told of is there, and lets as many pairs of processes race for a dead owner's directory.
 */
const [role, dataDir] = process.argv.slice(2) as [string?, string?];
const ID = 'soaked';

async function writeUntilKilled(dir: string): Promise<void> {
  const db = await open({ dataDir: dir, indexer: sampleIndexer });
  await db.store.create({ id: ID, owner: 'o', name: ID, seed: 's', settings: { timing: 'realistic' }, at: 1 });
  let { state, seq } = (await db.store.load(ID)) ?? never('the cluster is gone');
  for (;;) {
    const step = write(state, state.now + 1, (txn) => txn.put(counterKey(`n${seq % 50}`), counter(`n${seq % 50}`, seq)));
    if ((await db.store.commit(ID, seq, step.delta, null, { state: step.state })) !== 'committed') never('a lone writer met a conflict');
    state = step.state;
    process.stdout.write(`${++seq}\n`);
  }
}

function contend(dir: string): void {
  try {
    lockDirectory(dir);
    process.stdout.write('mine\n');
    setTimeout(() => {}, 1000);
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`);
  }
}

const never = (what: string): never => {
  throw new Error(what);
};

const start = (as: string, dir: string): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), as, dir], { stdio: ['ignore', 'pipe', 'inherit'] });

const output = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
    });
    child.on('close', () => resolve(text));
  });

async function killOnce(dir: string, round: number): Promise<number> {
  const child = start('writer', dir);
  const told = output(child);
  child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), 20 + ((round * 137) % 400)));
  const acknowledged = Number(
    (await told)
      .split('\n')
      .filter((line) => line !== '')
      .at(-1),
  );
  const db: Database = await open({ dataDir: dir, indexer: sampleIndexer });
  const { seq } = (await db.store.load(ID)) ?? never('the cluster is gone');
  await db.close();
  if (seq < acknowledged) never(`round ${round}: ${acknowledged} commits were acknowledged and ${seq} are there`);
  return seq;
}

async function raceOnce(dir: string, round: number): Promise<void> {
  const dead = start('contender', dir);
  dead.stdout?.once('data', () => dead.kill('SIGKILL'));
  await output(dead);
  const said = await Promise.all([1, 2, 3].map(() => output(start('contender', dir))));
  if (said.filter((text) => text === 'mine\n').length !== 1) never(`round ${round}: ${JSON.stringify(said)}`);
}

async function soak(rounds: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'vivakube-soak-'));
  try {
    let seq = 0;
    for (let round = 0; round < rounds; round++) seq = await killOnce(join(home, 'data'), round);
    console.log(`${rounds} kills, ${seq} commits, none lost`);
    for (let round = 0; round < rounds; round++) await raceOnce(join(home, 'raced'), round);
    console.log(`${rounds} races for a dead owner's directory, one winner each`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

if (role === 'writer') await writeUntilKilled(dataDir as string);
else if (role === 'contender') contend(dataDir as string);
else await soak(Number(role ?? 10));
