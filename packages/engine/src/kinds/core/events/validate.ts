import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { eachInvalid, validateQualifiedName } from '../../shared/fields.ts';
import { isDns1123Subdomain } from '../../shared/names.ts';
import { byteLength } from '../../shared/text.ts';

const SHORT_BYTES_MAX = 128;
const MESSAGE_BYTES_MAX = 1024;

/** Models legacyValidateEvent of pkg/apis/core/validation/events.go: an event with eventTime is held to more. */
export function validate(event: KubeObject): FieldError[] {
  const namespace = event.metadata.namespace ?? '';
  return [
    ...validateInvolvedNamespace(event, namespace),
    ...(event.eventTime ? validateReporter(event) : []),
    ...eachInvalid('namespace', namespace, isDns1123Subdomain(namespace)),
  ];
}

/** An event lives beside what it is about; what has no namespace reports in `default`. */
function validateInvolvedNamespace(event: KubeObject, namespace: string): FieldError[] {
  const involved: string = event.involvedObject?.namespace ?? '';
  const homes = event.eventTime ? ['default', 'kube-system'] : ['', 'default'];
  const matches = involved === '' ? homes.includes(namespace) : event.eventTime || involved === namespace;
  return matches ? [] : [invalid('involvedObject.namespace', involved, 'does not match event.namespace')];
}

function validateReporter(event: KubeObject): FieldError[] {
  const reporter: string = event.reportingComponent ?? '';
  const errors: FieldError[] = [];
  if (reporter === '') errors.push(required('reportingComponent'));
  errors.push(...validateQualifiedName(reporter, 'reportingComponent'));
  for (const field of ['reportingInstance', 'action', 'reason']) {
    if (!event[field]) errors.push(required(field));
    errors.push(...validateBytes(event[field], SHORT_BYTES_MAX, field));
  }
  return [...errors, ...validateBytes(event.message, MESSAGE_BYTES_MAX, 'message')];
}

const validateBytes = (value: string | undefined, maxBytes: number, path: string): FieldError[] =>
  byteLength(value ?? '') > maxBytes ? [invalid(path, '', `can have at most ${maxBytes} characters`)] : [];
