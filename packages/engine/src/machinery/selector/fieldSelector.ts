import type { KubeObject } from '../../core/object.ts';
import { goQuote } from '../field.ts';
import type { KindDefinition } from '../kind.ts';
import { badRequest } from '../status.ts';

export interface FieldTerm {
  field: string;
  equal: boolean;
  value: string;
}

export interface FieldSelector {
  terms: readonly FieldTerm[];
  matches: (object: KubeObject) => boolean;
  everything: boolean;
}

type FieldReader = (object: KubeObject) => string;

const SHARED_FIELDS = new Map<string, FieldReader>([
  ['metadata.name', (object) => object.metadata.name ?? ''],
  ['metadata.namespace', (object) => object.metadata.namespace ?? ''],
]);

const ALL: FieldSelector = { terms: [], matches: () => true, everything: true };

/** A field selector as `fieldSelector=` carries it, for objects of one kind. Throws 400 with the server's text. */
export function parseFieldSelector(text: string | undefined, kind: Pick<KindDefinition, 'fieldSelectors'>): FieldSelector {
  const terms = parseTerms(text ?? '');
  if (terms.length === 0) return ALL;
  const checks = terms.map((term) => {
    const read = readerOf(term.field, kind);
    const { value, equal } = term;
    return equal ? (object: KubeObject) => read(object) === value : (object: KubeObject) => read(object) !== value;
  });
  const only = checks[0] as (object: KubeObject) => boolean;
  return { terms, matches: checks.length === 1 ? only : (object) => checks.every((check) => check(object)), everything: false };
}

/** The value that an object must have for a field, where the selector says so. Lets a caller use a key or an index. */
export const requiredField = (selector: FieldSelector, field: string): string | undefined =>
  selector.terms.find((term) => term.equal && term.field === field)?.value;

function readerOf(field: string, { fieldSelectors }: Pick<KindDefinition, 'fieldSelectors'>): FieldReader {
  const shared = SHARED_FIELDS.get(field);
  if (shared !== undefined) return shared;
  if (fieldSelectors !== undefined && Object.hasOwn(fieldSelectors, field)) return fieldSelectors[field] as FieldReader;
  if (fieldSelectors !== undefined) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(`${goQuote(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

/** Models k8s.io/apimachinery/pkg/fields.ParseSelector. */
function parseTerms(selector: string): FieldTerm[] {
  return splitTerms(selector)
    .filter((part) => part !== '')
    .sort()
    .map((part) => {
      const operator = /!=|==|=/.exec(part);
      if (operator === null) throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
      const value = unescapeValue(part.slice(operator.index + operator[0].length));
      return { field: part.slice(0, operator.index), equal: operator[0] !== '!=', value };
    });
}

function splitTerms(selector: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let i = 0; i < selector.length; i++) {
    if (selector[i] === '\\') i++;
    else if (selector[i] === ',') {
      terms.push(selector.slice(start, i));
      start = i + 1;
    }
  }
  terms.push(selector.slice(start));
  return terms;
}

function unescapeValue(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const ch = text[i] as string;
    if (ch === '\\') {
      const next = text[++i] ?? '';
      if (next === '' || !'\\,='.includes(next)) throw badRequest(`invalid field selector: invalid escape sequence: \\${next}`);
      out += next;
    } else if (ch === ',' || ch === '=') {
      // Go prints the character as its number.
      throw badRequest(`invalid field selector: unescaped character in value: ${ch.charCodeAt(0)}`);
    } else {
      out += ch;
    }
  }
  return out;
}
