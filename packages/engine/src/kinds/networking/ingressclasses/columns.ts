import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';

function parameters({ spec }: KubeObject): string {
  const reference = spec?.parameters;
  if (!reference) return '<none>';
  return `${reference.kind}${reference.apiGroup === undefined ? '' : `.${reference.apiGroup}`}/${reference.name}`;
}

// Models printIngressClass in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Controller', 'Controller that is responsible for handling this class', ({ spec }) => spec?.controller ?? ''),
  text('Parameters', 'A reference to a resource with additional parameters', parameters),
  ageColumn,
];
