import { ApiError } from '../status.ts';
import type { Call } from './context.ts';
import { invalidOptions } from './options.ts';

const malformed = (text: string): string =>
  `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;

/** The same for one object, where a malformed revision is met by the storage and not by the options' validation. */
export function checkRevisionOfGet({ txn, request }: Pick<Call, 'txn' | 'request'>): void {
  const text = request.query.get('resourceVersion');
  if (text && !/^\d+$/.test(text)) throw new ApiError(500, '', `resourceVersion: ${malformed(text)}`);
  checkRevision({ txn, request }, text);
}

/** Checks `resourceVersion` of a read: malformed is refused, the future is not there yet. Undefined where any revision will do. */
export function checkRevision({ txn, request }: Pick<Call, 'txn' | 'request'>, text: string | undefined): number | undefined {
  if (text === undefined || text === '' || text === '0') return undefined;
  if (!/^\d+$/.test(text)) throw invalidOptions({ request }, 'resourceVersion', malformed(text), 'FieldValueInvalid');
  const revision = Number(text);
  // Models NewTooLargeResourceVersionError in k8s.io/apiserver/pkg/storage/errors.go.
  if (revision > txn.revision) {
    throw new ApiError(504, 'Timeout', `Too large resource version: ${revision}, current: ${txn.revision}`, {
      retryAfterSeconds: 1,
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    });
  }
  return revision;
}
