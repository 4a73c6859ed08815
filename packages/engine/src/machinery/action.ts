import type { ResourceName } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
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

/** A subresource that is neither its object nor a part of it. */
export interface Door {
  resource: ResourceName;
  subresource: string;
  verbs: readonly Verb[];
  /** What discovery calls that which is sent. */
  group: string;
  version: string;
  kind: string;
}

/** A subresource that does something else than change its object: bindings, evictions, tokens, logs. */
export interface Action extends Door {
  /** Definition of the body in @vivakube/schema; absent where there is none. */
  schema?: string;
  /** Whether the body itself asks that nothing be kept. */
  isDryRun?: (body: KubeObject | undefined) => boolean;
  run: (context: ActionContext) => ActionResult;
}

export const defineAction = (action: Action): Action => action;

/** What somebody gets who connects. */
export interface ConnectionContext {
  view: View;
  namespace: string;
  /** As it stands in the URL: a proxy's may say scheme and port. */
  name: string;
  options: Readonly<Record<string, unknown>>;
  /** Whether the client asked for a protocol that goes both ways. */
  upgrades: boolean;
}

/** A subresource that carries a stream: what is asked of it stands in the query. Models rest.Connecter of k8s.io/apiserver/pkg/registry/rest. */
export interface Connection extends Door {
  /** Whether what follows the subresource in the URL is a path of its own. */
  takesPath?: true;
  /** What `get` is allowed is only begun by those who may `create`, too. */
  needsCreate?: true;
  /** What policies see as the object. */
  options: (query: Query, path: string) => Record<string, unknown>;
  run: (context: ConnectionContext) => ActionResult;
}

export const defineConnection = (connection: Connection): Connection => connection;

export const isConnection = (door: Action | Connection): door is Connection => 'options' in door;
