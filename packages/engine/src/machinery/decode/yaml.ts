import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type ScalarTag, type Tags } from 'yaml';
import { YAML_ALIASES_MAX } from '../../core/limits.ts';
import { goQuote } from '../field.ts';
import { DecodeError } from './decodeError.ts';
import { TOO_DEEP } from './syntax.ts';

/** What go-yaml does not read, or reads as text. */
const FOREIGN_TAGS = ['timestamp', 'intTime', 'floatTime', 'omap', 'pairs', 'set', 'binary'];

const tags = (known: Tags): Tags =>
  known.filter((tag) => {
    if (typeof tag === 'string') return !FOREIGN_TAGS.includes(tag);
    const format = (tag as ScalarTag).format;
    return format !== 'TIME' && !FOREIGN_TAGS.some((name) => tag.tag.endsWith(`:${name}`));
  });

/** What go-yaml says to the same mistake. */
const GO_TEXTS: Partial<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  TAB_AS_INDENT: 'found character that cannot start any token',
  MISSING_CHAR: 'found unexpected end of stream',
  // The library's word for a text that nests deeper than its stack.
  RESOURCE_EXHAUSTION: TOO_DEEP,
};

/** The first line goes without its number. */
const yamlError = (line: number, text: string): string => (line > 1 ? `yaml: line ${line}: ${text}` : `yaml: ${text}`);

export interface YamlText {
  json: string;
  /** What strict decoding says about keys that stand twice. */
  duplicates: string | undefined;
}

/** Turns YAML 1.1 into JSON text, as sigs.k8s.io/yaml does: the first document counts. */
export function yamlToJson(text: string): YamlText {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: tags,
    merge: true,
    // The library's own check compares every key with every other.
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (document === undefined) return { json: 'null', duplicates: undefined };
  const [error] = document.errors;
  if (error !== undefined) throw new DecodeError(yamlError(lines.linePos(error.pos[0]).line, GO_TEXTS[error.code] ?? error.message));
  const duplicates = duplicateKeys(document.contents, lines);
  return { json: toJson(document), duplicates: duplicates.length > 0 ? `yaml: unmarshal errors:${duplicates.join('')}` : undefined };
}

/** Every key that stands twice in its map, with its line, in the order of the text. */
function duplicateKeys(root: unknown, lines: LineCounter): string[] {
  const found: [offset: number, message: string][] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isSeq(node)) for (const item of node.items) if (item) pending.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      if (value) pending.push(value);
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const offset = key.range?.[0] ?? 0;
      if (seen.has(name) && name !== '<<') found.push([offset, `\n  line ${lines.linePos(offset).line}: key ${goQuote(name)} already set in map`]);
      seen.add(name);
    }
  }
  return found.sort(([a], [b]) => a - b).map(([, message]) => message);
}

function toJson(document: { toJS: (options: { maxAliasCount: number }) => unknown }): string {
  try {
    return JSON.stringify(document.toJS({ maxAliasCount: YAML_ALIASES_MAX }) ?? null);
  } catch (problem) {
    // The library throws for aliases that lead nowhere or repeat too much.
    if (!(problem instanceof ReferenceError)) throw problem;
    const unknown = /Unresolved alias.*: (.+)$/.exec(problem.message)?.[1];
    throw new DecodeError(unknown === undefined ? 'yaml: document contains excessive aliasing' : `yaml: unknown anchor '${unknown}' referenced`);
  }
}
