export type SqlValue = string | number | boolean | null | Uint8Array;

/**
 * What the store needs of a database: one statement at a time. Every operation is built so that each of its statements
 * leaves a whole state behind; nothing relies on a session, so a transaction pooler may stand in between.
 */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, params?: readonly SqlValue[]): Promise<Row[]>;
}

/** JSON goes over as text: bound to a json parameter directly, one driver encodes it a second time. */
export const json = (value: unknown): string => JSON.stringify(value);

/** A list of texts, to be unfolded with `json_array_elements_text($n::text::json)`: no array types to look up. */
export const textList = (values: readonly string[]): string => JSON.stringify(values);

export const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
