import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { semanticEqual, validateImmutable } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';

const TYPES = ['Normal', 'Warning'];

const OLD = { deprecatedFirstTimestamp: 'firstTimestamp', deprecatedLastTimestamp: 'lastTimestamp', deprecatedCount: 'count' };

/** What only the newer group asks of a new event. Models ValidateEventCreate of pkg/apis/core/validation/events.go. */
export function validateNew(event: KubeObject): FieldError[] {
  const errors: FieldError[] = validateSeries(event.series);
  if (!event.eventTime) errors.push(required('eventTime'));
  if (!TYPES.includes(event.type ?? '')) errors.push(invalid('type', '', `has invalid value: ${event.type ?? ''}`));
  for (const [field, path] of Object.entries(OLD)) if (event[field]) errors.push(invalid(path, '', 'needs to be unset'));
  const { component, host } = event.deprecatedSource ?? {};
  if (component || host) errors.push(invalid('source', '', 'needs to be unset'));
  return errors;
}

const SERIES_COUNT_MIN = 2;

function validateSeries(series: Part): FieldError[] {
  if (!series) return [];
  const errors: FieldError[] = [];
  if ((series.count ?? 0) < SERIES_COUNT_MIN) errors.push(invalid('series.count', '', `should be at least ${SERIES_COUNT_MIN}`));
  if (!series.lastObservedTime) errors.push(required('series.lastObservedTime'));
  return errors;
}

const WHAT = ['involvedObject', 'reason', 'message', 'source', 'firstTimestamp', 'lastTimestamp', 'count', 'type', 'eventTime', 'action', 'related'];
/** Where it is stored, and what errors call it. */
const REPORTER = { reportingComponent: 'reportingController', reportingInstance: 'reportingInstance' };

/** Through the newer group only the series goes on; through core anything may be rewritten. Models ValidateEventUpdate. */
export const validateChange = (event: KubeObject, old: KubeObject): FieldError[] => [
  ...(semanticEqual(event.series, old.series) ? [] : validateSeries(event.series)),
  ...WHAT.flatMap((field) => validateImmutable(event[field], old[field], field)),
  ...Object.entries(REPORTER).flatMap(([field, path]) => validateImmutable(event[field], old[field], path)),
];
