import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { LiteralMap, Opaque, type Value } from '../values.ts';

const URL_TYPE = 'kubernetes.URL';

interface Parts {
  scheme: string;
  host: string;
  path: string;
  query: string;
}

/** Models url.ParseRequestURI of Go: an absolute URL or an absolute path. */
function attempt(text: string): Parts | undefined {
  const shape = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/.exec(text);
  if (!shape || /[\s\p{Cc}]/u.test(text)) return undefined;
  const [, scheme = '', authority, path = '', query = ''] = shape;
  if (scheme === '' && !path.startsWith('/')) return undefined;
  const host = (authority ?? '').slice((authority ?? '').lastIndexOf('@') + 1);
  if (!/^(\[[0-9a-fA-F:.]+\]|[^:[\]]*)(:\d*)?$/.test(host) || /%(?![0-9a-fA-F]{2})/.test(path)) return undefined;
  return { scheme: scheme.toLowerCase(), host, path, query };
}

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new CelError(`invalid URL escape ${JSON.stringify(text)}`);
  }
};

function queryOf(query: string): Value {
  const values = new Map<string, string[]>();
  for (const part of query.split('&').filter((each) => each !== '')) {
    const cut = part.indexOf('=');
    const key = unescaped(cut < 0 ? part : part.slice(0, cut));
    values.set(key, [...(values.get(key) ?? []), cut < 0 ? '' : unescaped(part.slice(cut + 1))]);
  }
  return new LiteralMap([...values]);
}

const get =
  (read: (parts: Parts) => Value) =>
  ([url]: readonly [Opaque]): Value =>
    read(url.data as Parts);

/** Models k8s.io/apiserver/pkg/cel/library/urls.go. */
export const URLS: Library = {
  [`url(string): ${URL_TYPE}`]: ([text]: readonly [string]) => {
    const parts = attempt(text);
    if (!parts) throw new CelError(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`);
    return new Opaque(URL_TYPE, text, parts);
  },
  'isURL(string): bool': ([text]: readonly [string]) => attempt(text) !== undefined,
  [`${URL_TYPE}.getScheme(): string`]: get(({ scheme }) => scheme),
  [`${URL_TYPE}.getHost(): string`]: get(({ host }) => host),
  [`${URL_TYPE}.getHostname(): string`]: get(({ host }) => host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')),
  [`${URL_TYPE}.getPort(): string`]: get(({ host }) => /:(\d*)$/.exec(host.replace(/^\[.*\]/, ''))?.[1] ?? ''),
  [`${URL_TYPE}.getEscapedPath(): string`]: get(({ path }) => path),
  [`${URL_TYPE}.getQuery(): map<string, list<string>>`]: get(({ query }) => queryOf(query)),
};
