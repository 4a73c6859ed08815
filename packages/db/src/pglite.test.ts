import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counter, counterKey, sampleIndexer, write, written } from '../testing/sample.ts';
import { type Database, open } from './open.ts';

const START = 1_767_225_600_000;

describe('the embedded database', () => {
  const home = mkdtempSync(join(tmpdir(), 'vivakube-data-'));
  const dataDir = join(home, 'data');
  let db: Database;
  beforeAll(async () => {
    db = await open({ dataDir, indexer: sampleIndexer });
  });
  afterAll(async () => {
    await db.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('answers a wrong statement with an error and goes on', async () => {
    await db.instance.setSetting('a', 1);
    const twice = `insert into settings (key, value) values ($1, '1'::jsonb)`;
    await expect(db.sql.query(twice, ['a'])).rejects.toMatchObject({ code: '23505' });
    await expect(db.sql.query(twice, ['a'])).rejects.toMatchObject({ code: '23505' });
    await expect(db.sql.query('select from nowhere where')).rejects.toMatchObject({ code: '42601' });
    expect(
      await db.sql.query('select $1::bigint as n, $2::boolean as b, $3::bytea as bytes, null as nothing, $4::text::json as j', [
        7,
        true,
        new Uint8Array([0, 255]),
        'null',
      ]),
    ).toEqual([{ n: 7, b: true, bytes: Buffer.from([0, 255]), nothing: null, j: null }]);
  });

  it('gives way to the event loop after each statement', async () => {
    let turns = 0;
    let next = setImmediate(function turn() {
      turns++;
      next = setImmediate(turn);
    });
    for (let i = 0; i < 20; i++) await db.sql.query('select 1');
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(19);
  });

  it('keeps more statements than it prepares', async () => {
    for (let i = 0; i < 130; i++) expect(await db.sql.query(`select ${i} as i, $1::int as n`, [i])).toEqual([{ i, n: i }]);
  });

  it('is one process’s and refuses a second', async () => {
    const start = performance.now();
    await expect(open({ dataDir, indexer: sampleIndexer })).rejects.toThrow(`data directory ${dataDir} is in use by process ${process.pid}`);
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('compacts full tails by itself and finds everything again', async () => {
    await db.store.create({ id: 'a', owner: 'o', name: 'a', seed: 's', settings: { timing: 'realistic' }, at: START });
    let state = (await db.store.load('a'))?.state ?? expect.fail();
    for (let seq = 0; seq < 230; seq++) {
      const step = write(state, START + seq, (txn) => txn.put(counterKey('a'), counter('a', seq)));
      expect(await db.store.commit('a', seq, step.delta, null, seq % 2 === 0 ? { state: step.state } : {})).toBe('committed');
      state = step.state;
    }
    await db.settled();
    expect((await db.store.row('a'))?.tailCount).toBeLessThan(60);
    await db.close();
    expect(readdirSync(home)).toEqual(['data']);
    db = await open({ dataDir, indexer: sampleIndexer });
    const loaded = (await db.store.load('a')) ?? expect.fail();
    expect(written(loaded.state)).toBe(written(state));
  });
});

describe('an unreachable database', () => {
  it('is named in one line, without the password', async () => {
    const url = 'postgres://me:secret@127.0.0.1:9/things';
    await expect(open({ databaseUrl: url, indexer: sampleIndexer })).rejects.toThrow(
      /^cannot use Postgres at 127\.0\.0\.1:9\/things: connect ECONNREFUSED 127\.0\.0\.1:9$/,
    );
    await expect(open({ databaseUrl: 'nonsense', indexer: sampleIndexer })).rejects.toThrow('the database URL is not a URL');
  });
});
