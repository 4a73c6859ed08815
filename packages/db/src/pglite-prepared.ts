import { type PGlite, protocol } from '@electric-sql/pglite';
import type { SqlValue } from './sql.ts';

/** Statements kept ready. The store has a few dozen; whoever sends more, sends the rest unprepared. */
const STATEMENTS_MAX = 100;

interface Prepared {
  name: string;
  parameterTypes: number[];
}

type Answer = { name: string; dataTypeIDs?: number[]; fields?: unknown[] };
type Value = string | Uint8Array | null;

interface Field {
  name: string;
  dataTypeID: number;
}

/** What the pinned PGlite has and does not declare: the lock that keeps statements out of somebody else's transaction. */
interface Internals {
  _runExclusiveTransaction<T>(work: () => Promise<T>): Promise<T>;
  _runExclusiveQuery<T>(work: () => Promise<T>): Promise<T>;
  execProtocolStream(message: Uint8Array, options: { syncToFs: boolean }): Promise<Answer[]>;
  serializers: Record<number, (value: unknown) => Value>;
  parsers: Record<number, (text: string) => unknown>;
}

/**
 * `pg.query` parses and plans a statement each time and crosses into the database six times for it. Here each text is parsed once,
 * and its execution is one message: a commit takes a third of the time.
 */
export function preparedQuery(pg: PGlite) {
  const internals = pg as unknown as Internals;
  const { serialize } = protocol;
  const prepared = new Map<string, Prepared>();
  const send = (...messages: Uint8Array[]): Promise<Answer[]> =>
    internals.execProtocolStream(Buffer.concat([...messages, serialize.sync()]), { syncToFs: false });

  async function prepare(text: string): Promise<Prepared> {
    const name = `vk${prepared.size}`;
    const answers = await send(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const parameterTypes = answers.find((answer) => answer.name === 'parameterDescription')?.dataTypeIDs ?? [];
    const statement = { name, parameterTypes };
    prepared.set(text, statement);
    return statement;
  }

  function encode(value: SqlValue, type: number): Value {
    if (value === null) return null;
    const serializer = internals.serializers[type];
    return serializer ? serializer(value) : String(value);
  }

  async function execute(text: string, params: readonly SqlValue[]): Promise<Answer[]> {
    const statement = prepared.get(text) ?? (await prepare(text));
    const values = params.map((value, i) => encode(value, statement.parameterTypes[i] as number));
    return send(serialize.bind({ statement: statement.name, values: values as string[] }), serialize.describe({ type: 'P' }), serialize.execute({}));
  }

  return async <Row>(text: string, params: readonly SqlValue[]): Promise<Row[]> => {
    if (prepared.size >= STATEMENTS_MAX && !prepared.has(text)) return (await pg.query<Row>(text, params as SqlValue[])).rows;
    const answers = await internals._runExclusiveTransaction(() => internals._runExclusiveQuery(() => execute(text, params)));
    return rows(answers, internals.parsers) as Row[];
  };
}

function rows(answers: readonly Answer[], parsers: Internals['parsers']): Record<string, unknown>[] {
  const fields = (answers.find((answer) => answer.name === 'rowDescription')?.fields ?? []) as Field[];
  const found: Record<string, unknown>[] = [];
  for (const answer of answers) {
    if (answer.name !== 'dataRow') continue;
    const row: Record<string, unknown> = {};
    const values = answer.fields as (string | null)[];
    fields.forEach(({ name, dataTypeID }, i) => {
      const value = values[i] as string | null;
      const parser = parsers[dataTypeID];
      row[name] = value === null || !parser ? value : parser(value);
    });
    found.push(row);
  }
  return found;
}
