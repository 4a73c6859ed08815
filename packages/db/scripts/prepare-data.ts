import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { migratePglite, rawPglite, TEMPLATE_PATH } from '../src/pglite.ts';

/** Makes the database that new data directories are unpacked from. */
const pg = await rawPglite();
await migratePglite(pg);
await pg.query('vacuum');
await pg.query('checkpoint');
const archive = await pg.dumpDataDir('gzip');
await pg.close();
mkdirSync(dirname(TEMPLATE_PATH), { recursive: true });
writeFileSync(`${TEMPLATE_PATH}.new`, Buffer.from(await archive.arrayBuffer()));
renameSync(`${TEMPLATE_PATH}.new`, TEMPLATE_PATH);
console.log(`${TEMPLATE_PATH}: ${(archive.size / 1e6).toFixed(1)} MB`);
