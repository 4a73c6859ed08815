import { groupsOf, type ServedVersion } from '../discovery/groups.ts';
import type { Actions } from '../discovery/resources.ts';
import type { KindDefinition } from '../kind.ts';
import { type ApiAnswer, type ApiRequest, JSON_TYPE, jsonAnswer } from '../request.ts';
import { resourceNotFound } from '../status.ts';
import { definitionsOf } from './definitions.ts';
import { documentHash, documentOf } from './document.ts';

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
  if (version === 'v2' && address.length === 0) return serveV2(kinds, request);
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

/** A gnostic Document that says no more than `swagger: "2.0"`: clients then validate nothing themselves and leave it to the server. */
const MINIMAL_V2 = Uint8Array.of(0x0a, 0x03, 0x32, 0x2e, 0x30);
const V2_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

const texts = new WeakMap<readonly KindDefinition[], string>();

function serveV2(kinds: readonly KindDefinition[], request: ApiRequest): ApiAnswer {
  if (request.accept.includes('protobuf')) return { type: 'answer', status: 200, headers: [['content-type', V2_TYPE]], body: MINIMAL_V2 };
  const text = texts.get(kinds) ?? JSON.stringify(definitionsOf(kinds));
  texts.set(kinds, text);
  return jsonAnswer(200, text);
}
