import { describe } from 'vitest';
import type { Sql } from '../src/sql.ts';
import { clusters } from './contract/clusters.ts';
import { failure } from './contract/failure.ts';
import { forks } from './contract/forks.ts';
import { history } from './contract/history.ts';
import { instance } from './contract/instance.ts';
import { subject } from './contract/subject.ts';
import { upkeep } from './contract/upkeep.ts';

/** What every driver has to keep. `connect` gives an independent connection to the same database. */
export function contract(name: string, connect: () => Sql): void {
  const parts = { clusters, history, forks, upkeep, failure, instance };
  for (const [part, define] of Object.entries(parts)) describe(`${part} on ${name}`, () => define(subject(connect)));
}
