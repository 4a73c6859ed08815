import { LineCounter, parseAllDocuments, type ScalarTag, type Tags } from 'yaml';
import { YAML_ALIASES_MAX } from '../../core/limits.ts';
import { DecodeError } from './decodeError.ts';

/** What go-yaml does not read, or reads as text. */
const FOREIGN_TAGS = ['timestamp', 'intTime', 'floatTime', 'omap', 'pairs', 'set', 'binary'];

const tags = (known: Tags): Tags =>
  known.filter((tag) => {
    if (typeof tag === 'string') return !FOREIGN_TAGS.includes(tag);
    const format = (tag as ScalarTag).format;
    return format !== 'TIME' && !FOREIGN_TAGS.some((name) => tag.tag.endsWith(`:${name}`));
  });

export interface YamlText {
  json: string;
  /** What strict decoding says about keys that stand twice. */
  duplicates: string | undefined;
}

/** Turns YAML 1.1 into JSON text, as sigs.k8s.io/yaml does: the first document counts. */
export function yamlToJson(text: string): YamlText {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { version: '1.1', customTags: tags, merge: true, lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (document === undefined) return { json: 'null', duplicates: undefined };
  const duplicates: string[] = [];
  for (const error of document.errors) {
    const line = lines.linePos(error.pos[0]).line;
    if (error.code !== 'DUPLICATE_KEY') throw new DecodeError(`yaml: line ${line}: ${error.message}`);
    const key = /^\s*(?:"([^"]*)"|'([^']*)'|([^:\s]+))/.exec(text.slice(error.pos[0]));
    duplicates.push(`\n  line ${line}: key ${JSON.stringify(key?.[1] ?? key?.[2] ?? key?.[3] ?? '')} already set in map`);
  }
  return { json: toJson(document), duplicates: duplicates.length > 0 ? `yaml: unmarshal errors:${duplicates.join('')}` : undefined };
}

function toJson(document: { toJS: (options: { maxAliasCount: number }) => unknown }): string {
  try {
    return JSON.stringify(document.toJS({ maxAliasCount: YAML_ALIASES_MAX }) ?? null);
  } catch (problem) {
    // The library throws for aliases that lead nowhere or repeat too much.
    if (problem instanceof ReferenceError) throw new DecodeError(`yaml: ${problem.message}`);
    throw problem;
  }
}
