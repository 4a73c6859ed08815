import { type Instant, toRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { KindContext, SubresourceUpdate } from '../../../machinery/kind.ts';
import type { Part } from '../../shared/fields.ts';
import { validateRequestUpdate } from './validate.ts';

// Models pkg/registry/certificates/certificates/strategy.go.
const DECISIONS = ['Approved', 'Denied'];

const conditionsOf = ({ status }: KubeObject): Part[] => status?.conditions ?? [];

/** A condition that did not change its status keeps the time of its last change. */
function withTimes(conditions: Part[], old: KubeObject, now: Instant): Part[] {
  return conditions.map((condition) => {
    const before = conditionsOf(old).find(({ type, status }) => type === condition.type && status === condition.status);
    return {
      ...condition,
      lastUpdateTime: condition.lastUpdateTime ?? toRfc3339(now),
      lastTransitionTime: condition.lastTransitionTime ?? before?.lastTransitionTime ?? toRfc3339(now),
    };
  });
}

/** Only conditions may change, and a decision stands. */
export const approval: SubresourceUpdate<KubeObject> = {
  prepare: (request, old, { now }) => {
    request.spec = old.spec;
    request.metadata = { ...request.metadata, labels: old.metadata.labels ?? {}, annotations: old.metadata.annotations ?? {} };
    request.status = { ...old.status, conditions: withTimes(conditionsOf(request), old, now) };
  },
  validate: (request, old) => validateRequestUpdate(request, old, { decides: true, signs: false }),
};

/** Signers write certificates and say where they fail; what was decided is not theirs to change. */
export function prepareForStatusUpdate(request: KubeObject, old: KubeObject, { now }: KindContext): void {
  const decided = conditionsOf(old).filter(({ type }) => DECISIONS.includes(type));
  const kept = conditionsOf(request).map((condition) => decided.find(({ type }) => type === condition.type) ?? condition);
  const lost = decided.filter(({ type }) => !kept.some((condition) => condition.type === type));
  const conditions = withTimes([...lost, ...kept], old, now);
  request.status = { ...request.status, ...(conditions.length > 0 ? { conditions } : {}) };
}
