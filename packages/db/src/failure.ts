/** Something the operator has to see to. One line, made to be printed as it is. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
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
