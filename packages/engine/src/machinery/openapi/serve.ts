import { hexOf } from '../../core/chance.ts';
import { groupsOf, type ServedVersion } from '../discovery/groups.ts';
import type { Actions } from '../discovery/resources.ts';
import type { KindDefinition } from '../kind.ts';
import { type ApiAnswer, type ApiRequest, JSON_TYPE, jsonAnswer } from '../request.ts';
import { resourceNotFound } from '../status.ts';
import { documentHash, documentOf } from './document.ts';
import { gnosticDocument } from './gnostic.ts';
import { oldDocument } from './old-document.ts';

interface Page {
  served: ServedVersion;
  hash: string;
}

/** Pages by address (`apis/apps/v1`), for one set of kinds. */
const pagesByKinds = new WeakMap<readonly KindDefinition[], Map<string, Page>>();
/** Documents of built-in kinds are the same in every cluster: a handful, kept once each. */
const builtIn = new Map<string, string>();
const custom = new WeakMap<ServedVersion, string>();

export function serveOpenApi(kinds: readonly KindDefinition[], actions: Actions, request: ApiRequest, parts: string[]): ApiAnswer {
  const [, version, ...address] = parts;
  if (version === 'v2' && address.length === 0) return serveV2(kinds, actions, request);
  if (version !== 'v3') throw resourceNotFound();
  const pages = pagesOf(kinds, actions);
  if (address.length === 0) return jsonAnswer(200, { paths: indexOf(pages) });
  const page = pages.get(address.join('/'));
  if (page === undefined) throw resourceNotFound();
  return servePage(page, actions, request);
}

function pagesOf(kinds: readonly KindDefinition[], actions: Actions): Map<string, Page> {
  const known = pagesByKinds.get(kinds);
  if (known !== undefined) return known;
  const pages = new Map<string, Page>();
  for (const group of groupsOf(kinds)) {
    for (const served of group.versions) {
      const address = group.name === '' ? `api/${served.version}` : `apis/${group.name}/${served.version}`;
      pages.set(address, { served, hash: documentHash(served, actions) });
    }
  }
  pagesByKinds.set(kinds, pages);
  return pages;
}

const indexOf = (pages: Map<string, Page>) =>
  Object.fromEntries([...pages].map(([address, { hash }]) => [address, { serverRelativeURL: `/openapi/v3/${address}?hash=${hash}` }]));

function servePage({ served, hash }: Page, actions: Actions, request: ApiRequest): ApiAnswer {
  const etag = `"${hash}"`;
  const headers: [string, string][] = [
    ['content-type', JSON_TYPE],
    ['etag', etag],
    ['vary', 'Accept'],
  ];
  // An address with the right hash always says the same, so clients may keep it on disk.
  if (request.query.get('hash') === hash) headers.push(['cache-control', 'public, immutable, max-age=31536000']);
  if (request.ifNoneMatch === etag) return { type: 'answer', status: 304, headers, body: '' };
  return { type: 'answer', status: 200, headers, body: textOf(served, hash, actions) };
}

function textOf(served: ServedVersion, hash: string, actions: Actions): string {
  const isCustom = served.kinds.some((kind) => kind.definition !== undefined);
  const known = isCustom ? custom.get(served) : builtIn.get(hash);
  if (known !== undefined) return known;
  const text = JSON.stringify(documentOf(served, actions));
  if (isCustom) custom.set(served, text);
  else builtIn.set(hash, text);
  return text;
}

const V2_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** The document of version 2 for one set of kinds, in each form once it was asked for. */
interface Old {
  hash: string;
  text?: string;
  bytes?: Uint8Array;
}
/** Changes with what is said of each kind. */
const OLD_FORM = 2;
const olds = new WeakMap<readonly KindDefinition[], Old>();

function oldOf(kinds: readonly KindDefinition[], actions: Actions): Old {
  const known = olds.get(kinds);
  if (known !== undefined) return known;
  const hashes = [...pagesOf(kinds, actions).values()].map(({ hash }) => hash).join();
  const made: Old = { hash: hexOf(`${OLD_FORM} ${hashes}`, 4).toUpperCase() };
  olds.set(kinds, made);
  return made;
}

function serveV2(kinds: readonly KindDefinition[], actions: Actions, request: ApiRequest): ApiAnswer {
  const old = oldOf(kinds, actions);
  const protobuf = request.accept.includes('protobuf');
  const etag = `"${old.hash}"`;
  const headers: [string, string][] = [
    ['content-type', protobuf ? V2_TYPE : JSON_TYPE],
    ['etag', etag],
    ['vary', 'Accept'],
  ];
  if (request.ifNoneMatch === etag) return { type: 'answer', status: 304, headers, body: '' };
  if (protobuf) old.bytes ??= gnosticDocument(oldDocument(kinds, actions));
  else old.text ??= JSON.stringify(oldDocument(kinds, actions));
  return { type: 'answer', status: 200, headers, body: (protobuf ? old.bytes : old.text) ?? '' };
}
