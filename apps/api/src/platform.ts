import { type Database, Unavailable } from '@vivakube/db';
import { type Logger, pino } from 'pino';
import { type Clock, wallClock } from './clock.ts';
import { StillBehind } from './clusters/session.ts';
import { Sessions } from './clusters/sessions.ts';
import type { Config } from './config.ts';
import { Authenticator } from './kube/auth.ts';
import { Follows } from './kube/follow.ts';
import { Watches } from './kube/watch.ts';
import { RateLimit } from './limits.ts';
import { Metrics } from './observe/metrics.ts';
import { Outages } from './observe/outages.ts';
import { Clusters } from './platform/clusters.ts';
import { type KeyPair, makeAuthority } from './tls/ca.ts';

/** Everything that requests are served with, put together once per process. */
export interface Platform {
  config: Config;
  clock: Clock;
  database: Database;
  authority: KeyPair;
  sessions: Sessions;
  watches: Watches;
  follows: Follows;
  authenticator: Authenticator;
  clusters: Clusters;
  limits: RateLimit;
  sandboxLimits: RateLimit;
  metrics: Metrics;
  outages: Outages;
  log: Logger;
}

/**
 * @param background whether the process lives on between requests: then watched clusters tick by themselves and leftovers
 *   are finished after the answer. A function has neither; its clusters catch up when they are asked, or by cron.
 */
export async function assemblePlatform(config: Config, database: Database, background: boolean): Promise<Platform> {
  const clock = wallClock();
  const log = pino({ level: config.logLevel, base: null, redact: ['req.headers.authorization', 'req.headers.cookie'] });
  const authority = await loadAuthority(database, clock);
  const outages = new Outages(log);
  const onError = (error: unknown): void => {
    if (error instanceof Unavailable) outages.note(error);
    // What was not done yet is gone on with.
    else if (!(error instanceof StillBehind)) log.error({ err: error }, 'background work failed');
  };
  const sessions = new Sessions({ store: database.store, clock, exclusive: config.databaseUrl === undefined, background, onError });
  const watches = new Watches(clock, background);
  const follows = new Follows(clock, onError);
  const perSecond = config.clusterRequestsPerSecond;
  return {
    config,
    clock,
    database,
    authority,
    sessions,
    watches,
    follows,
    authenticator: new Authenticator(database.tokens, clock),
    clusters: new Clusters(database, clock, authority.certificate),
    limits: new RateLimit(perSecond, perSecond * 10, clock),
    sandboxLimits: new RateLimit(config.sandboxesPerMinute / 60, config.sandboxesPerMinute, clock),
    metrics: new Metrics({ watches: () => watches.count + follows.count, sessions: () => sessions.size }),
    outages,
    log,
  };
}

async function loadAuthority(database: Database, clock: Clock): Promise<KeyPair> {
  const made = await database.instance.secret('ca', async () => JSON.stringify(await makeAuthority(clock.now())), clock.now());
  return JSON.parse(made) as KeyPair;
}
