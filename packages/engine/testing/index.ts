export * from './busy-cluster.ts';
export * from './fleet.ts';
export * from './world.ts';
