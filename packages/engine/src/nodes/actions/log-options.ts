import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { WHOLE_OBJECT } from '../../kinds/core/pods/static.ts';
import { type FieldError, forbiddenField, invalid, invalidObject } from '../../machinery/field.ts';
import type { Query } from '../../machinery/request.ts';

export interface LogOptions {
  container?: string;
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  sinceSeconds?: number;
  sinceTime?: Instant;
  tailLines?: number;
  limitBytes?: number;
}

/** Models PodLogOptions and ValidatePodLogOptions in pkg/apis/core. */
export function logOptions(query: Query, podName: string): LogOptions {
  const container = query.get('container');
  const sinceTime = parseRfc3339(query.get('sinceTime') ?? '');
  const options: LogOptions = {
    follow: query.flag('follow'),
    previous: query.flag('previous'),
    timestamps: query.flag('timestamps'),
    ...(container ? { container } : {}),
    ...(sinceTime === undefined ? {} : { sinceTime }),
  };
  for (const name of ['sinceSeconds', 'tailLines', 'limitBytes'] as const) {
    const text = query.get(name);
    if (text) options[name] = Number(text);
  }
  const errors = problems(options);
  if (errors.length > 0) throw invalidObject('', 'PodLogOptions', podName, errors);
  return options;
}

function problems({ tailLines, limitBytes, sinceSeconds, sinceTime }: LogOptions): FieldError[] {
  const errors: FieldError[] = [];
  if (tailLines !== undefined && tailLines < 0) errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  if (limitBytes !== undefined && limitBytes < 1) errors.push(invalid('limitBytes', limitBytes, 'must be greater than 0'));
  if (sinceSeconds !== undefined && sinceTime !== undefined)
    errors.push(forbiddenField(WHOLE_OBJECT, 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  else if (sinceSeconds !== undefined && sinceSeconds < 1) errors.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  return errors;
}
