import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import type { SubresourceUpdate } from '../../../machinery/kind.ts';
import type { Part } from '../../shared/fields.ts';

const DECISIONS = ['Approved', 'Denied'];

const decisionsOf = ({ status }: KubeObject): string[] =>
  (status?.conditions ?? []).map((condition: Part) => condition.type).filter((type: string) => DECISIONS.includes(type));

/** Only conditions may change, and a decision stands. Models csrApprovalStrategy in pkg/registry/certificates/certificates/strategy.go. */
export const approval: SubresourceUpdate<KubeObject> = {
  prepare: (request, old) => {
    request.spec = old.spec;
    request.metadata = { ...request.metadata, labels: old.metadata.labels ?? {}, annotations: old.metadata.annotations ?? {} };
    request.status = { ...old.status, conditions: request.status?.conditions ?? [] };
  },
  validate: (request, old): FieldError[] => {
    const kept = decisionsOf(request);
    return decisionsOf(old)
      .filter((decision) => !kept.includes(decision))
      .map((decision) => forbiddenField('status.conditions', `updates may not remove a condition of type "${decision}"`));
  },
};
