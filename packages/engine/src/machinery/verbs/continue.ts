import { badRequest } from '../status.ts';

/** Where a chunked list goes on: the first key of the next page, and the revision that all pages are of. */
export interface Continue {
  revision: number;
  /** `<namespace>/<name>` */
  key: string;
}

/** The revision of a token that goes on with whatever there is by now. */
export const NEWEST = -1;

/** Models k8s.io/apiserver/pkg/storage/continue.go. */
export function continueToken({ revision, key }: Continue): string {
  return toBase64Url(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: key }));
}

const refuse = (problem: string): never => {
  throw badRequest(`invalid continue token: continue key is not valid${problem}`);
};

export function parseContinue(token: string): Continue {
  const { v, rv, start } = parseJson(decoded(token));
  if (v !== 'meta.k8s.io/v1') refuse(`: server does not recognize this encoded version ${v ?? ''}`);
  if (typeof rv !== 'number' || rv === 0) return refuse(': incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (typeof start !== 'string' || start === '') return refuse(': encoded start key empty (version meta.k8s.io/v1)');
  // A key that climbs out of its collection is nobody's next page.
  if (start.split('/').some((part, i, parts) => part === '.' || part === '..' || (part === '' && i > 0 && i < parts.length - 1)))
    return refuse(`: ${start}`);
  return { revision: rv, key: start };
}

function parseJson(text: string): { v?: unknown; rv?: unknown; start?: unknown } {
  const first = text.trimStart()[0];
  if (first === undefined) return refuse(': unexpected end of JSON input');
  if (first !== '{') return refuse(`: invalid character '${first}' looking for beginning of value`);
  try {
    return JSON.parse(text);
  } catch {
    return refuse(': unexpected end of JSON input');
  }
}

// Names are ASCII by validation, so that btoa's Latin-1 limit does not matter here.
const toBase64Url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Where Go's decoder gives up: at a character that is none of the alphabet, or at a group of one. */
function decoded(token: string): string {
  const odd = token.search(/[^A-Za-z0-9_-]/);
  if (odd >= 0 || token.length % 4 === 1) return refuse(`: illegal base64 data at input byte ${odd >= 0 ? odd : token.length - 1}`);
  return atob(token.replaceAll('-', '+').replaceAll('_', '/'));
}
