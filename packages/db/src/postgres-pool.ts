import type postgres from 'postgres';
import { isOutage, Unavailable } from './failure.ts';

export type PostgresClient = postgres.Sql<Record<string, unknown>>;

/** What one statement may take before its connection counts as lost: far more than any of ours needs. */
const ANSWER_MS_MAX = 15_000;
/** How long statements on other connections may go on after one connection was lost. */
const GRACE_MS = 1000;

interface Generation {
  client: PostgresClient;
  /** What rejects the statements that are under way. */
  waiting: Set<(error: Unavailable) => void>;
}

/**
 * The connections to Postgres. The driver waits longer and longer before it connects again, up to 20 s, and statements wait with it;
 * here a lost connection retires all of them, and the next statement makes its own.
 */
export class PostgresPool {
  private current: Generation;

  constructor(
    private readonly connect: () => PostgresClient,
    private readonly answerMsMax = ANSWER_MS_MAX,
  ) {
    this.current = { client: connect(), waiting: new Set() };
  }

  get client(): PostgresClient {
    return this.current.client;
  }

  /** Runs a statement; `Unavailable` where it is not known what became of it. */
  run<T>(statement: (client: PostgresClient) => PromiseLike<T>): Promise<T> {
    const generation = this.current;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(limit);
        generation.waiting.delete(fail);
      };
      const fail = (error: Unavailable): void => {
        settle();
        reject(error);
      };
      const limit = setTimeout(() => {
        this.retire(generation, 0);
        fail(new Unavailable(`no answer within ${this.answerMsMax} ms`));
      }, this.answerMsMax);
      generation.waiting.add(fail);
      statement(generation.client).then(
        (result) => {
          settle();
          resolve(result);
        },
        (error: unknown) => {
          settle();
          if (isOutage(error)) this.retire(generation, GRACE_MS);
          reject(isOutage(error) ? new Unavailable(error) : error);
        },
      );
    });
  }

  private retire(generation: Generation, graceMs: number): void {
    if (generation !== this.current) return;
    this.current = { client: this.connect(), waiting: new Set() };
    // What cannot be ended properly ends with its socket.
    void generation.client.end({ timeout: graceMs / 1000 });
    // Statements that still waited for a connection are not always told by the driver.
    setTimeout(() => {
      for (const fail of [...generation.waiting]) fail(new Unavailable('the connection was lost'));
    }, graceMs);
  }

  close(): Promise<void> {
    return this.current.client.end({ timeout: 5 });
  }
}
