/** Something the operator has to see to. One line, made to be printed as it is. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
}

/** The database cannot be reached, or cannot answer for now. Asked again, it may. */
export class Unavailable extends Error {
  override name = 'Unavailable';

  constructor(
    cause: unknown,
    /** Whether a commit was on its way, so that nobody can tell if it was made. */
    readonly undecided = false,
  ) {
    super(`the database is not available: ${reason(cause)}`, { cause });
  }
}

/** Codes of attempts that ended before a statement was sent. */
const UNCONNECTED_CODES = new Set([
  'CONNECT_TIMEOUT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  '57P03',
  '53300',
]);

const NETWORK_CODES = new Set([
  ...UNCONNECTED_CODES,
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, resources, operator intervention; a server that became read-only; a lost race. */
const PASSING_STATES = /^(08|53|57P|25006|40001|40P01)/;

/** Whether an error of the driver says nothing about the statement, only that it could not be served now. */
export function isOutage(error: unknown): boolean {
  const { code, errors = [] } = error as Cause;
  if (code === undefined) return errors.some(isOutage);
  return NETWORK_CODES.has(code) || PASSING_STATES.test(code);
}

/** Whether the database may have done what it gave no answer to. */
export function isUndecided({ cause }: Unavailable): boolean {
  const { code, errors = [] } = cause as Cause;
  return !UNCONNECTED_CODES.has(code ?? errors[0]?.code ?? '');
}

interface Cause {
  code?: string;
  message?: string;
  errors?: Cause[];
}

/** What a person needs of a driver's error: the innermost message or code. */
export function reason(error: unknown): string {
  const cause = error as Cause & { cause?: Cause };
  if (cause?.cause) return reason(cause.cause);
  const first = cause?.errors?.[0];
  if (first) return reason(first);
  return String(cause?.message || cause?.code || error).split('\n')[0] as string;
}
