import { benchPglite, benchPostgres, show } from './commits.ts';

console.log(show(await benchPglite()));
console.log(show((await benchPostgres()) ?? []) || 'Postgres: not measured, no initdb and pg_ctl were found');
