import type { ClusterStore } from '@vivakube/db';
import { ApiError, type ApiRequest, type ClusterEvent, type ClusterState, continueToken, NEWEST, parseContinue } from '@vivakube/engine';
import type { Recent } from './recent.ts';

// Models handleCompactedErrorForPaging in k8s.io/apiserver/pkg/storage/etcd3/errors.go.
const INCONSISTENT_CONTINUE =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use ' +
  'the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent ' +
  'list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

function expired(token: string | undefined): ApiError {
  if (!token) return new ApiError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
  const error = new ApiError(410, 'Expired', INCONSISTENT_CONTINUE);
  error.status.metadata.continue = continueToken({ ...parseContinue(token), revision: NEWEST });
  return error;
}

/** The past state that a read is about, if it is about the past: later pages of a list, or an exact revision. */
export async function historicState(
  store: ClusterStore,
  id: string,
  request: ApiRequest,
  current: ClusterState,
  recent: Recent,
): Promise<{ state: ClusterState } | undefined> {
  if (request.method !== 'GET' || request.query.flag('watch')) return undefined;
  const token = request.query.get('continue');
  if (request.query.get('limit') && !token) recent.keepState(current);
  const revision = token ? tokenRevision(token) : exactRevision(request);
  if (revision === undefined || revision === NEWEST || revision >= current.revision) return undefined;
  const kept = recent.stateAt(revision);
  if (kept) return { state: kept };
  const stored = await store.at(id, revision);
  if (typeof stored === 'string') throw expired(token);
  return { state: stored };
}

function tokenRevision(token: string): number | undefined {
  try {
    return parseContinue(token).revision;
  } catch {
    // The engine refuses it with the server's own words.
    return undefined;
  }
}

function exactRevision({ query }: ApiRequest): number | undefined {
  const text = query.get('resourceVersion');
  return query.get('resourceVersionMatch') === 'Exact' && text && /^\d+$/.test(text) ? Number(text) : undefined;
}

const PAGE = 5000;

/** Events after a revision from the store, each with the version it replaced; 'compacted' where they are gone. */
export async function eventsFromStore(store: ClusterStore, id: string, revision: number): Promise<ClusterEvent[] | 'compacted'> {
  const base = await store.at(id, revision);
  if (typeof base === 'string') return 'compacted';
  const latest = new Map<string, ClusterEvent['stored'] | undefined>();
  const found: ClusterEvent[] = [];
  for (let from = revision; ; ) {
    const page = await store.eventsAfter(id, from, PAGE);
    if (!Array.isArray(page)) return 'compacted';
    for (const event of page) {
      const previous = latest.has(event.key) ? latest.get(event.key) : base.objects.get(event.key);
      latest.set(event.key, event.type === 'DELETED' ? undefined : event.stored);
      found.push(previous && event.type !== 'ADDED' ? { ...event, previous } : event);
    }
    const last = page[page.length - 1];
    if (!last || page.length < PAGE) return found;
    from = last.revision;
  }
}
