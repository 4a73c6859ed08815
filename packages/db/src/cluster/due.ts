import type { Instant } from '@vivakube/engine/core';
import type { Context } from './context.ts';

/** A claim is a wake-up moved into the future: if the claimer dies, somebody else gets the cluster when it has passed. */
export const CLAIM_MS = 30_000;

const CLAIM = `
  with w as (
    select id, wake_at from clusters where wake_at <= $1 order by wake_at limit $2 for update skip locked)
  update clusters c set wake_at = $1::bigint + $3::bigint from w where c.id = w.id returning c.id, w.wake_at as "wakeAt"`;

export const due = ({ sql }: Context, now: Instant, limit: number, leaseMs = CLAIM_MS): Promise<{ id: string; wakeAt: Instant }[]> =>
  sql.query(CLAIM, [now, limit, leaseMs]);
