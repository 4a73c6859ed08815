import { type RawDefinition, type RawField, type RawType, STRING, scalar } from './model.ts';

/** What a declaration file says about one field before names are resolved. */
interface ParsedType {
  type: RawType;
  enum?: string[];
}

const TOKEN = /\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|[A-Za-z_$][\w$]*|[{}[\]<>:;?|=]|\S/g;

/** Reads `export interface I<Name>` or `export type I<Name>` of one declaration file of kubernetes-models. */
export function parseDeclaration(
  source: string,
  interfaceName: string,
  refOf: (identifier: string) => RawType,
): Omit<RawDefinition, 'name'> | undefined {
  const head = new RegExp(`(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\s*)?export interface ${interfaceName}\\b[^{]*\\{`).exec(source);
  if (head === null) return undefined;
  const parser = new Parser(source.slice(head.index + head[0].length), refOf);
  const { fields, required } = parser.members();
  const constant = (name: string) => fields.get(name)?.enum;
  const gvk = gvkOf(constant('apiVersion'), constant('kind'));
  if (gvk !== undefined) {
    for (const name of ['apiVersion', 'kind']) {
      delete (fields.get(name) as RawField).enum;
      (fields.get(name) as RawField).description ||= TYPE_META[name] as string;
    }
  }
  return {
    description: cleanComment(head[1] ?? ''),
    fields,
    required: required.filter((name) => gvk === undefined || (name !== 'apiVersion' && name !== 'kind')),
    ...(gvk === undefined ? {} : { gvk }),
  };
}

const TYPE_META: Record<string, string> = {
  apiVersion:
    'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
  kind: 'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
};

function gvkOf(apiVersion: string[] | undefined, kind: string[] | undefined): RawDefinition['gvk'] {
  if (apiVersion?.length !== 1 || kind?.length !== 1) return undefined;
  const [first, second] = (apiVersion[0] as string).split('/');
  return { group: second === undefined ? '' : (first as string), version: second ?? (first as string), kind: kind[0] as string };
}

class Parser {
  private readonly tokens: string[];
  private at = 0;

  constructor(
    body: string,
    private readonly refOf: (identifier: string) => RawType,
  ) {
    this.tokens = body.match(TOKEN) ?? [];
  }

  members(): { fields: Map<string, RawField>; required: string[] } {
    const fields = new Map<string, RawField>();
    const required: string[] = [];
    let comment = '';
    for (;;) {
      const token = this.next();
      if (token === '}') return { fields, required };
      if (token.startsWith('/**')) {
        comment = cleanComment(token);
        continue;
      }
      const name = token.startsWith('"') ? (JSON.parse(token) as string) : token;
      if (this.peek() === '?') this.next();
      else required.push(name);
      this.expect(':');
      fields.set(name, { ...this.type(), description: comment });
      this.expect(';');
      comment = '';
    }
  }

  private type(): ParsedType {
    const token = this.next();
    if (token.startsWith('"')) return this.literals(token);
    if (token === 'string') return { type: scalar(STRING) };
    if (token === 'number') return { type: scalar('n') };
    if (token === 'boolean') return { type: scalar('b') };
    if (token === '{') return this.braces();
    if (token === 'Array') {
      this.expect('<');
      const item = this.type();
      this.expect('>');
      return { ...item, type: { kind: 'list', item: item.type } };
    }
    return { type: this.refOf(token) };
  }

  private literals(first: string): ParsedType {
    const values = [JSON.parse(first) as string];
    while (this.peek() === '|') {
      this.next();
      values.push(JSON.parse(this.next()) as string);
    }
    return { type: scalar(STRING), enum: values };
  }

  /** `{ [key: string]: T; }`, or an inlined object, whose fields the overlay knows by name. */
  private braces(): ParsedType {
    if (this.peek() !== '[') {
      this.members();
      return { type: scalar('o') };
    }
    for (const token of ['[', 'key', ':', 'string', ']', ':']) this.expect(token);
    const item = this.type();
    this.expect(';');
    this.expect('}');
    return { ...item, type: { kind: 'map', item: item.type } };
  }

  private peek(): string | undefined {
    return this.tokens[this.at];
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error('a declaration ends too early');
    return token;
  }

  private expect(wanted: string): void {
    const token = this.next();
    if (token !== wanted) throw new Error(`expected ${wanted}, found ${token}`);
  }
}

function cleanComment(comment: string): string {
  return comment
    .trim()
    .replace(/^\/\*\*\s?/, '')
    .replace(/\s*\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .replace(/\n@deprecated[^\n]*$/, '')
    .replace(/\\([*_])/g, '$1')
    .trim();
}
