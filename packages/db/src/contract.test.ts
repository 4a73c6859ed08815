import { afterAll, beforeAll, describe } from 'vitest';
import { contract } from '../testing/contract.ts';
import { findPostgres, type PrivatePostgres, startPostgres } from '../testing/postgres.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import type { Sql } from './sql.ts';

type Driver = { sql: Sql; close(): Promise<void> };

describe('PGlite', () => {
  let pglite: Driver;
  beforeAll(async () => {
    pglite = await openPglite();
  });
  afterAll(() => pglite.close());
  contract('PGlite', () => ({ query: (text, params) => pglite.sql.query(text, params) }));
});

const available = findPostgres() !== undefined;

describe.skipIf(!available)(available ? 'Postgres' : 'Postgres: NOT TESTED, no initdb and pg_ctl were found', () => {
  let server: PrivatePostgres | undefined;
  let drivers: Driver[] = [];
  let turn = 0;
  beforeAll(async () => {
    server = await startPostgres();
    const { url } = server as PrivatePostgres;
    // Both at once: that migrations wait for each other is part of the contract.
    drivers = await Promise.all([openPostgres(url, { connectionsMax: 4 }), openPostgres(url, { connectionsMax: 4, prepare: false })]);
  });
  afterAll(async () => {
    await Promise.all(drivers.map((driver) => driver.close()));
    server?.stop();
  });
  contract('Postgres', () => {
    const driver = turn++;
    return { query: (text, params) => (drivers[driver % drivers.length] as Driver).sql.query(text, params) };
  });
});
