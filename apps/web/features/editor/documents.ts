import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import type { KubeObject } from '#kube/types.ts';

export interface Problem {
  /** 1-based line in the whole text. */
  line: number;
  message: string;
  severity: 'error' | 'warning';
  field?: string;
  /** Index of the document it belongs to. */
  document?: number;
}

export interface Manifest {
  index: number;
  line: number;
  document: Document.Parsed;
  lineOf: (offset: number) => number;
  object: KubeObject | undefined;
  title: string;
}

/** Reads a multi-document text. Documents that are empty or only comments are passed over. */
export function readManifests(text: string): { manifests: Manifest[]; problems: Problem[] } {
  const counter = new LineCounter();
  const lineOf = (offset: number) => counter.linePos(offset).line;
  const parsed = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const manifests: Manifest[] = [];
  const problems: Problem[] = [];
  for (const document of documents) {
    if (document.errors.length === 0 && document.toJS() == null) continue;
    const index = manifests.length;
    for (const error of document.errors) problems.push({ line: lineOf(error.pos[0]), message: error.message, severity: 'error', document: index });
    const line = lineOf(document.contents?.range?.[0] ?? document.range[0]);
    const value: unknown = document.errors.length === 0 ? document.toJS() : undefined;
    const checked = document.errors.length === 0 ? asObject(value) : { problem: undefined };
    if (checked.problem) problems.push({ line, message: checked.problem, severity: 'error', document: index });
    manifests.push({ index, line, document, lineOf, object: checked.object, title: titleOf(value) });
  }
  return { manifests, problems };
}

function asObject(value: unknown): { object?: KubeObject; problem?: string } {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return { problem: 'a manifest must be a mapping' };
  const object = value as Partial<KubeObject>;
  // The texts kubectl prints for the same mistakes.
  if (typeof object.apiVersion !== 'string' || object.apiVersion === '') return { problem: 'apiVersion not set' };
  if (typeof object.kind !== 'string' || object.kind === '') return { problem: 'kind not set' };
  if (!object.metadata || typeof object.metadata !== 'object' || typeof object.metadata.name !== 'string')
    return { problem: 'resource name may not be empty' };
  return { object: object as KubeObject };
}

function titleOf(value: unknown): string {
  const object = (value ?? {}) as Partial<KubeObject>;
  return [object.kind ?? '?', object.metadata?.name ?? ''].join(' ').trim();
}
