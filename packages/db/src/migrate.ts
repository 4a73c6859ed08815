import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's migrations; `VIVAKUBE_MIGRATIONS` says where they are when the code has been bundled away from them. */
export function migrationsFolder(): string {
  const folder = process.env.VIVAKUBE_MIGRATIONS ?? fileURLToPath(new URL('../../../migrations', import.meta.url));
  if (!existsSync(`${folder}/meta/_journal.json`)) throw new Error(`no migrations in ${folder}; set VIVAKUBE_MIGRATIONS`);
  return folder;
}
