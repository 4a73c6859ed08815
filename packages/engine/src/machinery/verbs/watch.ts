import type { ClusterEvent } from '../../core/event.ts';
import { keyPrefix } from '../../core/key.ts';
import type { Stored } from '../../core/stored.ts';
import { Stored as StoredObject } from '../../core/stored.ts';
import { resourceOf } from '../kind.ts';
import { bookmarkText, objectText, presented, type Rendering } from '../render.ts';
import { type ApiStream, JSON_TYPE } from '../request.ts';
import { type Choice, choiceOf } from './choice.ts';
import { type Call, rendering } from './context.ts';
import { checkListOptions } from './list-options.ts';
import { checkRevision } from './revision.ts';

/** Models k8s.io/apiserver/pkg/endpoints/handlers/get.go (watch), watch.go, and storage/cacher for what a selector lets through. */
export function watch(call: Call): ApiStream {
  const { txn, kind, path, request } = call;
  const { query } = request;
  checkListOptions(call, 'watch');
  const since = checkRevision(call, query.get('resourceVersion'));
  const choice = choiceOf(call);
  const shown = rendering(call);
  const bookmarks = query.flag('allowWatchBookmarks');
  const streamList = query.get('sendInitialEvents') !== undefined && query.flag('sendInitialEvents');
  const prefix = keyPrefix(resourceOf(kind), kind.scope === 'Namespaced' ? path.namespace : undefined);
  const initial = since === undefined || streamList ? initialLines(call, shown, choice, prefix) : [];
  if (streamList && bookmarks) initial.push(bookmarkText(shown, txn.revision, true));
  return {
    type: 'watch',
    contentType: JSON_TYPE,
    since: streamList ? txn.revision : (since ?? txn.revision),
    initial,
    encode: (event, now) => (event.key.startsWith(prefix) ? eventLine({ ...shown, now }, choice, event) : undefined),
    bookmark: (revision) => (bookmarks ? bookmarkText(shown, revision, false) : undefined),
    timeoutSeconds: query.integer('timeoutSeconds'),
  };
}

function initialLines({ txn }: Call, shown: Rendering, choice: Choice, prefix: string): string[] {
  const lines: string[] = [];
  for (const [, stored] of txn.entries(prefix)) {
    if (choice.everything || choice.matches(stored.object)) lines.push(line(shown, 'ADDED', stored));
  }
  return lines;
}

const line = (shown: Rendering, type: string, stored: Stored): string => `{"type":"${type}","object":${objectText(shown, stored)}}\n`;

const plainLines = new WeakMap<ClusterEvent, string>();

/** What a watcher sees of an event: for one behind a selector, coming into view is ADDED and leaving it is DELETED. */
function eventLine(shown: Rendering, choice: Choice, event: ClusterEvent): string | undefined {
  if (choice.everything) return shown.form === 'object' && !shown.kind.present ? plainLine(shown, event) : line(shown, event.type, event.stored);
  const was = event.previous !== undefined && choice.matches(event.previous.object);
  const is = event.type !== 'DELETED' && choice.matches(event.stored.object);
  if (is) return line(shown, was ? 'MODIFIED' : 'ADDED', event.stored);
  if (!was) return undefined;
  return line(shown, 'DELETED', event.type === 'DELETED' ? event.stored : lastSeen(event));
}

/** The version that was last in view, under the revision that took it out. */
function lastSeen(event: ClusterEvent): Stored {
  const last = (event.previous as Stored).object;
  return StoredObject.ofObject({ ...last, metadata: { ...last.metadata, resourceVersion: String(event.revision) } }, event.revision);
}

/** Encoded once for all watchers of the plain form. */
function plainLine(shown: Rendering, event: ClusterEvent): string {
  let text = plainLines.get(event);
  if (text === undefined) {
    text = line(shown, event.type, presented(shown, event.stored));
    plainLines.set(event, text);
  }
  return text;
}
