import type { ServerBehaviour } from './image.ts';

/** What we know nothing about serves quietly on the ports that its container declares. */
export const quietServer = (ports: readonly number[]): ServerBehaviour => ({
  executables: [],
  ports,
  readyAfterMs: 0,
  term: { afterMs: 100, exitCode: 0 },
});
