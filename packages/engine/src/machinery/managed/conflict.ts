import type { ManagedFieldsEntry } from '../../core/object.ts';
import { goQuote } from '../field.ts';
import { ApiError } from '../status.ts';
import { identifierOf } from './entries.ts';
import { difference, eachMember, type FieldSet, isEmpty } from './fieldSet.ts';
import { showPath } from './listKeys.ts';

/** Fields that somebody else owns and that the apply would change. */
export interface Conflict {
  owner: ManagedFieldsEntry;
  fields: FieldSet;
}

/** What is left of the conflicts when some fields may be taken. */
export const exceptFor = (conflicts: readonly Conflict[], allowed: FieldSet): Conflict[] =>
  conflicts.map(({ owner, fields }) => ({ owner, fields: difference(fields, allowed) })).filter(({ fields }) => !isEmpty(fields));

/** 409 that names every field and its owner. Models NewConflictError in k8s.io/apimachinery/pkg/util/managedfields/internal/conflict.go. */
export function conflictError(conflicts: readonly Conflict[]): ApiError {
  const perOwner = conflicts
    .map(({ owner, fields }) => ({ id: identifierOf(owner), owner: showOwner(owner), paths: pathsOf(fields) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const causes = perOwner.flatMap(({ owner, paths }) =>
    paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${owner}`, field })),
  );
  const listed = perOwner.flatMap(({ owner, paths }) => [`conflicts with ${owner}:`, ...paths.map((path) => `- ${path}`)]).join('\n');
  const [only] = causes;
  const message =
    causes.length === 1 && only
      ? `Apply failed with 1 conflict: ${only.message}: ${only.field}`
      : `Apply failed with ${causes.length} conflicts: ${listed}`;
  return new ApiError(409, 'Conflict', message, { causes });
}

function pathsOf(fields: FieldSet): string[] {
  const paths: string[] = [];
  eachMember(fields, (path) => paths.push(showPath(path)));
  return paths;
}

function showOwner({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  const name = `${goQuote(manager ?? '')}${subresource ? ` with subresource ${goQuote(subresource)}` : ''}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
