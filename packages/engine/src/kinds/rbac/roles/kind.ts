import type { KubeObject } from '../../../core/object.ts';
import type { FieldError } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { createdAtColumn, nameColumn } from '../../cells/standard.ts';
import { validatePolicyRule } from '../../rules/rbac.ts';
import type { Part } from '../../shared/fields.ts';
import { nameIsPathSegment } from '../../shared/names.ts';

const validate = ({ rules }: KubeObject): FieldError[] =>
  (rules ?? []).flatMap((rule: Part, i: number) => validatePolicyRule(rule, true, `rules[${i}]`));

export const role = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  scope: 'Namespaced',
  schema: 'rbac.v1.Role',
  createsOnUpdate: true,
  nameRule: nameIsPathSegment,
  validate,
  validateUpdate: validate,
  columns: [nameColumn, createdAtColumn],
  exactColumns: true,
});
