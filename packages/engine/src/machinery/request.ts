import type { Instant } from '../core/instant.ts';
import type { ObjectKey } from '../core/key.ts';
import { goQuote } from './field.ts';
import { badRequest } from './status.ts';

export interface UserInfo {
  username: string;
  uid?: string;
  groups: readonly string[];
  extra?: Readonly<Record<string, readonly string[]>>;
  /** A part of the control plane, whose rights are not asked. */
  trusted?: boolean;
}

/** An HTTP request to a cluster as plain data. The path is below the cluster's own prefix. */
export interface ApiRequest {
  method: string;
  /** Percent-decoding is left to the engine: `/api/v1/namespaces/default/pods`. */
  path: string;
  query: Query;
  accept: string;
  contentType: string | undefined;
  userAgent: string;
  ifNoneMatch?: string | undefined;
  body: Uint8Array;
  user: UserInfo;
  /** A token that the cluster itself may have signed: whom it stands for takes the place of `user`. */
  token?: string;
  /** DER of the certificate whose key the client holds: if the cluster signed it, it says who the user is. */
  certificate?: Uint8Array;
  /** Whom the user wants to be for this request (the Impersonate headers). */
  impersonate?: Impersonation;
  /** Where an answer that goes on (`ApiText.more`) left off. */
  resume?: string;
  /** Whether the client asks for another protocol than HTTP from here on. */
  upgrades?: boolean;
}

export interface Impersonation {
  username: string;
  uid?: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
}

/** Query parameters; the first value counts, as in Kubernetes' own conversion, unless all are asked for. */
export class Query {
  private readonly values = new Map<string, string[]>();

  constructor(text: string) {
    for (const pair of text.replace(/^\?/, '').split('&')) {
      if (pair === '') continue;
      const cut = pair.indexOf('=');
      const key = decode(cut < 0 ? pair : pair.slice(0, cut));
      const list = this.values.get(key);
      const value = cut < 0 ? '' : decode(pair.slice(cut + 1));
      if (list) list.push(value);
      else this.values.set(key, [value]);
    }
  }

  get(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** A whole number; nothing where there is none. */
  integer(name: string): number | undefined {
    const text = this.get(name);
    return text === undefined || text === '' ? undefined : integerOf(text);
  }

  /** Every value, as whole numbers. */
  integers(name: string): number[] {
    return this.all(name).map(integerOf);
  }

  /** `true`, `1` and an empty value switch on, as strconv.ParseBool and bare parameters do. */
  flag(name: string): boolean {
    const value = this.get(name);
    return value !== undefined && !['false', '0', 'f', 'F', 'False', 'FALSE'].includes(value);
  }
}

/** What strconv.ParseInt says of a text; Kubernetes' conversion of query parameters passes it on. */
function integerOf(text: string): number {
  const problem = /^[+-]?\d+$/.test(text) ? (Number.isSafeInteger(Number(text)) ? undefined : 'value out of range') : 'invalid syntax';
  if (problem) throw badRequest(`strconv.ParseInt: parsing ${goQuote(text)}: ${problem}`);
  return Number(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A finished answer. Several texts are written one after the other without being joined. */
export interface ApiAnswer {
  type: 'answer';
  status: number;
  headers: readonly (readonly [string, string])[];
  body: string | readonly string[] | Uint8Array;
}

/** An answer that goes on: the host writes `initial` and then what `encode` makes of each later event. */
export interface ApiStream {
  type: 'watch';
  contentType: string;
  /** Events after this revision are still to be sent. */
  since: number;
  initial: readonly string[];
  /** Line for an event, or undefined where the watcher does not see it. */
  encode: (event: import('../core/event.ts').ClusterEvent, now: Instant) => string | undefined;
  /** A bookmark line at a revision, where the watcher asked for bookmarks. */
  bookmark: (revision: number) => string | undefined;
  timeoutSeconds: number | undefined;
}

/** A text that may go on: the host writes it, waits, and asks again from where it left off. */
export interface ApiText {
  type: 'text';
  contentType: string;
  text: string;
  more?: Continuation;
}

export interface Continuation {
  /** For `ApiRequest.resume`. */
  resume: string;
  /** When there is more by the passing of time alone. */
  wakeAt?: Instant;
  /** Whose change may bring more, or the end. */
  about: ObjectKey;
}

export type ApiResponse = ApiAnswer | ApiStream | ApiText;

export const JSON_TYPE = 'application/json';

export function jsonAnswer(status: number, body: unknown, headers: readonly (readonly [string, string])[] = []): ApiAnswer {
  return { type: 'answer', status, headers: [['content-type', JSON_TYPE], ...headers], body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** Warning headers must be quoted-string escaped or clients drop them. Models k8s.io/apimachinery/pkg/util/net NewWarningHeader. */
export const warningHeader = (text: string): readonly [string, string] => [
  'warning',
  `299 - "${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\r\n]+/g, ' ')}"`,
];
