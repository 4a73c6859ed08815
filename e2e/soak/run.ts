import { parseArgs } from 'node:util';
import { privatePostgres } from '../postgres.ts';
import { killRun } from './kills.ts';

/** `npm run soak -w @vivakube/e2e -- --kills 50 --on postgres --processes 2 --database-dies` */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    on: { type: 'string', default: 'pglite' },
    processes: { type: 'string', default: '1' },
    timing: { type: 'string', default: 'realistic' },
    'between-ms': { type: 'string', default: '3000' },
    'database-dies': { type: 'boolean', default: false },
  },
});
const postgres = values.on === 'postgres' ? await privatePostgres() : undefined;
if (values.on === 'postgres' && !postgres) throw new Error('no Postgres is installed here: initdb and pg_ctl are needed');
if (!postgres && values.processes !== '1') throw new Error('an embedded database belongs to one process');
try {
  const report = await killRun({
    kills: Number(values.kills),
    processes: Number(values.processes),
    postgres,
    databaseDies: values['database-dies'],
    timing: values.timing as 'realistic',
    betweenMs: Number(values['between-ms']),
    say: (line) => console.log(line),
  });
  const sorted = report.backMs.sort((a, b) => a - b);
  console.log(
    `${report.kills} kills, ${report.acknowledged} acknowledged writes all there, ${report.unanswered} unanswered, ${report.revisions} revisions without a gap`,
  );
  console.log(`back after ${sorted[Math.floor(sorted.length / 2)]} ms (median), ${sorted.at(-1)} ms at most`);
} finally {
  postgres?.stop();
}
