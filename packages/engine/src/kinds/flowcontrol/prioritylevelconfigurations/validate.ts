import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';

// Models ValidatePriorityLevelConfiguration in pkg/apis/flowcontrol/validation/validation.go.
const QUEUES_MAX = 10_000_000;
/** Of the hash that queues are dealt by. */
const HASH_BITS_MAX = 60;

function validateQueuing({ queues = 0, handSize = 0, queueLengthLimit = 0 }: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (queueLengthLimit <= 0) errors.push(invalid(`${path}.queueLengthLimit`, queueLengthLimit, 'must be positive'));
  if (queues <= 0) errors.push(invalid(`${path}.queues`, queues, 'must be positive'));
  else if (queues > QUEUES_MAX) errors.push(invalid(`${path}.queues`, queues, `must not be greater than ${QUEUES_MAX}`));
  if (handSize <= 0) errors.push(invalid(`${path}.handSize`, handSize, 'must be positive'));
  else if (handSize > queues) errors.push(invalid(`${path}.handSize`, handSize, `should not be greater than queues (${queues})`));
  else if (Math.ceil(Math.log2(queues) * handSize) > HASH_BITS_MAX) {
    const detail = `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${HASH_BITS_MAX}`;
    errors.push(invalid(`${path}.handSize`, handSize, detail));
  }
  return errors;
}

function validateResponse(response: Part, path: string): FieldError[] {
  const queuing = response?.queuing;
  switch (response?.type) {
    case 'Reject':
      return queuing ? [forbiddenField(`${path}.queuing`, 'must be nil if limited.limitResponse.type is not Limited')] : [];
    case 'Queue':
      return queuing
        ? validateQueuing(queuing, `${path}.queuing`)
        : [required(`${path}.queuing`, 'must not be empty if limited.limitResponse.type is Limited')];
    default:
      return [notSupported(`${path}.type`, response?.type ?? '', ['Queue', 'Reject'])];
  }
}

function validateShares({ nominalConcurrencyShares: shares, lendablePercent: percent }: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if ((shares ?? 0) < 0) errors.push(invalid(`${path}.nominalConcurrencyShares`, shares, 'must be a non-negative integer'));
  if (percent !== undefined && (percent < 0 || percent > 100)) {
    errors.push(invalid(`${path}.lendablePercent`, percent, 'must be between 0 and 100, inclusive'));
  }
  return errors;
}

export function validate({ spec }: KubeObject): FieldError[] {
  const { type = '', exempt, limited } = spec;
  const errors: FieldError[] = [];
  if (exempt) errors.push(...validateShares(exempt, 'spec.exempt'));
  if (type === 'Exempt') return limited ? [...errors, forbiddenField('spec.limited', 'must be nil if the type is not Limited')] : errors;
  if (type !== 'Limited') return [...errors, notSupported('spec.type', type, ['Exempt', 'Limited'])];
  if (exempt) errors.push(forbiddenField('spec.exempt', 'must be nil if the type is Limited'));
  if (!limited) return [...errors, required('spec.limited', 'must not be empty when type is Limited')];
  const borrowed = limited.borrowingLimitPercent;
  if (borrowed < 0) errors.push(invalid('spec.limited.borrowingLimitPercent', borrowed, 'if specified, must be a non-negative integer'));
  return [...errors, ...validateShares(limited, 'spec.limited'), ...validateResponse(limited.limitResponse, 'spec.limited.limitResponse')];
}
