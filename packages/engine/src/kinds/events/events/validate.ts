import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';

const TYPES = ['Normal', 'Warning'];

const OLD = { deprecatedFirstTimestamp: 'firstTimestamp', deprecatedLastTimestamp: 'lastTimestamp', deprecatedCount: 'count' };

/** What only the newer group asks of a new event. Models ValidateEventCreate of pkg/apis/core/validation/events.go. */
export function validateNew(event: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  if (!event.eventTime) errors.push(required('eventTime'));
  if (!TYPES.includes(event.type ?? '')) errors.push(invalid('type', '', `has invalid value: ${event.type ?? ''}`));
  for (const [field, path] of Object.entries(OLD)) if (event[field]) errors.push(invalid(path, '', 'needs to be unset'));
  const { component, host } = event.deprecatedSource ?? {};
  if (component || host) errors.push(invalid('source', '', 'needs to be unset'));
  return errors;
}
