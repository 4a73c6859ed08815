import type { KubeObject } from '../../core/object.ts';
import { type FieldError, invalid } from '../../machinery/field.ts';
import type { UserInfo } from '../../machinery/request.ts';

/** The user that an access review asks about. */
export const subjectOf = (spec: KubeObject['spec']): UserInfo => ({ username: spec?.user ?? '', groups: spec?.groups ?? [] });

export function validateSubject(spec: KubeObject['spec']): FieldError[] {
  if (spec?.user || spec?.groups?.length) return [];
  return [invalid('spec.user', '', 'at least one of user or group must be specified')];
}
