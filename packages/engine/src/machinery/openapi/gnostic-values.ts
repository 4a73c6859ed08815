import { WireWriter } from '../protobuf/writer.ts';

export function message(fill: (writer: WireWriter) => void): Uint8Array {
  const writer = new WireWriter();
  fill(writer);
  return writer.done();
}

/** Any: 2 the value as YAML, of which JSON is a part. */
export const any = (value: unknown): Uint8Array => message((writer) => writer.string(2, JSON.stringify(value)));

/** NamedSchema, NamedAny: 1 name, 2 value. */
export const named = (name: string, value: Uint8Array): Uint8Array =>
  message((writer) => {
    writer.string(1, name);
    writer.chunk(2, value);
  });
