import { readMessages } from '../generated/protobuf.ts';

/** What a field number of a message stands for: a JSON field, or a message whose fields lie in the same JSON object. */
export type MessageField = { name: string } | { inlined: string };

let names: Record<string, string[]> | undefined;
const messages = new Map<string, ReadonlyMap<number, MessageField>>();

/** The fields of a message by number, or undefined where the wire form of a definition is not known. */
export function messageFields(name: string): ReadonlyMap<number, MessageField> | undefined {
  const known = messages.get(name);
  if (known !== undefined) return known;
  names ??= readMessages();
  if (!Object.hasOwn(names, name)) return undefined;
  const fields = new Map<number, MessageField>();
  (names[name] as string[]).forEach((text, number) => {
    if (text !== '') fields.set(number, text.startsWith('>') ? { inlined: text.slice(1) } : { name: text });
  });
  messages.set(name, fields);
  return fields;
}
