import { badRequest } from './status.ts';

/** What a URL below a cluster asks for. Models k8s.io/apiserver/pkg/endpoints/request/requestinfo.go. */
export interface ResourcePath {
  type: 'resource';
  group: string;
  version: string;
  resource: string;
  /** '' for all namespaces or none. */
  namespace: string;
  name: string;
  subresource: string;
  /** Whether a namespace was part of the path. */
  namespaced: boolean;
  /** The old `/watch/` form. */
  watch: boolean;
  /** Whatever follows the subresource (`proxy/a/b`). */
  rest: string;
}

export interface PlainPath {
  type: 'plain';
  parts: string[];
}

const NAMESPACE_SUBRESOURCES: readonly string[] = ['status', 'finalize'];

export function parsePath(path: string): ResourcePath | PlainPath {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodePart);
  const [root] = parts;
  const prefixLength = root === 'api' ? 2 : root === 'apis' ? 3 : 0;
  if (prefixLength === 0 || parts.length <= prefixLength) return { type: 'plain', parts };
  const group = root === 'api' ? '' : (parts[1] as string);
  const version = parts[prefixLength - 1] as string;
  let rest = parts.slice(prefixLength);
  const watch = rest[0] === 'watch';
  if (watch) rest = rest.slice(1);
  const base = { type: 'resource' as const, group, version, watch };
  if (rest[0] === 'namespaces' && rest.length > 2 && !(rest.length === 3 && NAMESPACE_SUBRESOURCES.includes(rest[2] as string))) {
    const [, namespace, resource, name = '', subresource = '', ...more] = rest as [string, string, string, ...string[]];
    return { ...base, namespaced: true, namespace, resource, name, subresource, rest: more.join('/') };
  }
  const [resource = '', name = '', subresource = '', ...more] = rest;
  const namespace = resource === 'namespaces' ? name : '';
  return { ...base, namespaced: false, namespace, resource, name, subresource, rest: more.join('/') };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(part)}`);
  }
}
