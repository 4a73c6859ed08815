import type { ResourceName } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { Verb } from './kind.ts';
import type { WriteContext } from './machine.ts';
import type { Continuation, Query } from './request.ts';

/** What an action gets: the object it is about, what was sent, and the means to write. */
export interface ActionContext {
  write: WriteContext;
  /** The object that the URL names. */
  object: KubeObject;
  /** The decoded body; undefined for GET. */
  body: KubeObject | undefined;
  query: Query;
  /** Where a text that goes on left off. */
  resume?: string;
}

/** An object (or Status) to answer with, or plain text, which may go on. */
export type ActionResult = { status?: number; object: KubeObject } | { text: string; more?: Continuation };

/** A subresource that does something else than change its object: bindings, evictions, tokens, logs. */
export interface Action {
  resource: ResourceName;
  subresource: string;
  verbs: readonly Verb[];
  /** What discovery calls the body. */
  group: string;
  version: string;
  kind: string;
  /** Definition of the body in @vivakube/schema; absent where there is none. */
  schema?: string;
  /** Whether the body itself asks that nothing be kept. */
  isDryRun?: (body: KubeObject | undefined) => boolean;
  run: (context: ActionContext) => ActionResult;
}

export const defineAction = (action: Action): Action => action;
