import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Postgres {
  url: string;
  /** Ends it at once, and begins it again. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}

/** A Postgres of one's own, or undefined where none is installed (initdb and pg_ctl). */
export async function privatePostgres(): Promise<Postgres | undefined> {
  const root = join(import.meta.dirname, '..');
  const child = spawn('npx', ['tsx', 'packages/db/scripts/private-postgres.ts'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  const line = (): Promise<string> => new Promise((resolve) => waiting.push(resolve));
  createInterface({ input: child.stdout }).on('line', (text) => waiting.shift()?.(text));
  const url = await line();
  if (url === 'none') return undefined;
  const order = async (word: string): Promise<void> => {
    child.stdin.write(`${word}\n`);
    await line();
  };
  return { url, crash: () => order('crash'), start: () => order('start'), stop: () => child.stdin.end() };
}
