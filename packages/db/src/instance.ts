import { json, type Sql } from './sql.ts';
import type { InstanceStore } from './store.ts';

export const instanceStore = (sql: Sql): InstanceStore => ({
  async setting<T>(key: string) {
    const [found] = await sql.query<{ value: T }>('select value from settings where key = $1', [key]);
    return found?.value;
  },
  async setSetting(key, value) {
    await sql.query('insert into settings (key, value) values ($1, $2::text::jsonb) on conflict (key) do update set value = excluded.value', [
      key,
      json(value),
    ]);
  },
  async secret(name, make, at) {
    const read = async (): Promise<string | undefined> => {
      const [found] = await sql.query<{ value: string }>('select value from secrets where name = $1', [name]);
      return found?.value;
    };
    const known = await read();
    if (known !== undefined) return known;
    await sql.query('insert into secrets (name, value, created_at) values ($1, $2, $3) on conflict (name) do nothing', [name, await make(), at]);
    return (await read()) as string;
  },
});
