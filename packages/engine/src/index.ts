/** The engine's public entry: whatever other packages may use. */

export { type ClusterShape, freshCluster, TEMPLATE_UID_PREFIX, withTemplateUids } from './bootstrap.ts';
export * from './core/chance.ts';
export * from './core/delta.ts';
export * from './core/event.ts';
export * from './core/instant.ts';
export * from './core/key.ts';
export * from './core/limits.ts';
export * from './core/object.ts';
export * from './core/projection.ts';
export * from './core/state.ts';
export * from './core/stored.ts';
export * from './core/timers.ts';
export * from './core/tree.ts';
export * from './core/txn.ts';
export { engine, indexer } from './engine.ts';
export { isToken } from './machinery/identity/token.ts';
export {
  type ApiAnswer,
  type ApiRequest,
  type ApiResponse,
  type ApiStream,
  type ApiText,
  jsonAnswer,
  Query,
  type UserInfo,
} from './machinery/request.ts';
export { ApiError, type Status } from './machinery/status.ts';
export { continueToken, NEWEST, parseContinue } from './machinery/verbs/continue.ts';
export type { Engine } from './settle.ts';
export { type Input, type Step, step } from './step.ts';
