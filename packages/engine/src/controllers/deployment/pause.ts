import type { Instant } from '../../core/instant.ts';
import type { Deployment } from '../shared/objects.ts';
import { condition, conditionOf, progressDeadlineSeconds, REASON, withCondition, withStatusConditions } from './conditions.ts';

/** A pause is noted so that the time it took does not count as lack of progress. Models checkPausedConditions in pkg/controller/deployment/sync.go. */
export function notePause(deployment: Deployment, now: Instant): Deployment {
  const known = conditionOf(deployment.status?.conditions, 'Progressing');
  const paused = deployment.spec.paused === true;
  if (progressDeadlineSeconds(deployment) === undefined || known?.reason === REASON.timedOut) return deployment;
  if (paused === (known?.reason === REASON.paused)) return deployment;
  const fresh = paused
    ? condition('Progressing', 'Unknown', REASON.paused, 'Deployment is paused', now)
    : condition('Progressing', 'Unknown', REASON.resumed, 'Deployment is resumed', now);
  return withStatusConditions(deployment, withCondition(deployment.status?.conditions ?? [], fresh));
}
