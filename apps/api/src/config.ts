import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  PORT: port.default(3000),
  KUBE_PORT: port.default(6443),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  VIVAKUBE_DATA: z.string().optional(),
  /** Name under which clients reach the Kubernetes endpoint. */
  VIVAKUBE_PUBLIC_HOST: z.string().default('localhost'),
  /** Bearer secret of POST /api/cron/tick; without one only loopback may call it. */
  CRON_SECRET: z.string().optional(),
  SANDBOX_HOURS: z.coerce.number().positive().default(72),
  /** Sandboxes that one address may make in a minute. */
  SANDBOXES_PER_MINUTE: z.coerce.number().int().positive().default(60),
  /** Requests a second to one cluster, averaged; bursts of ten times as many pass. */
  CLUSTER_REQUESTS_PER_SECOND: z.coerce.number().positive().default(500),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export interface Config {
  port: number;
  kubePort: number;
  host: string;
  publicHost: string;
  databaseUrl: string | undefined;
  dataDir: string;
  cronSecret: string | undefined;
  sandboxMs: number;
  sandboxesPerMinute: number;
  clusterRequestsPerSecond: number;
  logLevel: string;
}

/** Throws one line that names the variable. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const value = parsed.data;
  return {
    port: value.PORT,
    kubePort: value.KUBE_PORT,
    host: value.HOST,
    publicHost: value.VIVAKUBE_PUBLIC_HOST,
    databaseUrl: value.DATABASE_URL || undefined,
    dataDir: resolve((value.VIVAKUBE_DATA ?? '.data').replace(/^~(?=\/)/, homedir())),
    cronSecret: value.CRON_SECRET || undefined,
    sandboxMs: value.SANDBOX_HOURS * 3_600_000,
    sandboxesPerMinute: value.SANDBOXES_PER_MINUTE,
    clusterRequestsPerSecond: value.CLUSTER_REQUESTS_PER_SECOND,
    logLevel: value.LOG_LEVEL,
  };
}

export const pgliteDir = (config: Config): string => join(config.dataDir, 'pglite');
