/** The state of a cluster and how it is written down, without anything that acts on it: all that storage needs. */
export * from './chance.ts';
export * from './delta.ts';
export * from './event.ts';
export * from './instant.ts';
export * from './key.ts';
export * from './limits.ts';
export * from './object.ts';
export * from './projection.ts';
export * from './state.ts';
export * from './stored.ts';
export * from './timers.ts';
export * from './tree.ts';
export * from './txn.ts';
