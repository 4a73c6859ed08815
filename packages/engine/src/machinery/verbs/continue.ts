import { badRequest } from '../status.ts';

/** Where a chunked list goes on: the first key of the next page, and the revision that all pages are of. */
export interface Continue {
  revision: number;
  /** `<namespace>/<name>` */
  key: string;
}

/** Models k8s.io/apiserver/pkg/storage/continue.go. */
export function continueToken({ revision, key }: Continue): string {
  return toBase64Url(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: key }));
}

export function parseContinue(token: string): Continue {
  const decoded = fromBase64Url(token);
  const value = decoded === undefined ? undefined : parseJson(decoded);
  if (!isContinue(value)) throw badRequest('continue key is not valid: the token is damaged or was not made by this server');
  return { revision: value.rv, key: value.start };
}

function isContinue(value: unknown): value is { rv: number; start: string } {
  const v = value as { v?: unknown; rv?: unknown; start?: unknown } | undefined | null;
  return typeof v === 'object' && v !== null && v.v === 'meta.k8s.io/v1' && typeof v.rv === 'number' && typeof v.start === 'string';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Names are ASCII by validation, so that btoa's Latin-1 limit does not matter here.
const toBase64Url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function fromBase64Url(text: string): string | undefined {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}
