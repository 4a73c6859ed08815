import { fingerprint, readDocs } from '../generated/docs.ts';

export type Docs = readonly [description: string, fields: Record<string, string>, enums: Record<string, string[]>];

export { fingerprint };

let docs: Record<string, Docs> | undefined;

/** What people are told about a definition. The first call reads all of them, some milliseconds' work. */
export function docsOf(name: string): Docs | undefined {
  docs ??= readDocs();
  return Object.hasOwn(docs, name) ? docs[name] : undefined;
}
