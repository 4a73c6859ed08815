import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';

/** `statefulset.apps/web`. */
function controllerName(object: KubeObject): string {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller);
  if (!owner) return '<none>';
  const slash = owner.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : `.${owner.apiVersion.slice(0, slash)}`;
  return `${owner.kind}${group}`.toLowerCase().concat('/', owner.name);
}

export const columns: Column<KubeObject>[] = [
  nameColumn,
  text('Controller', 'Controller of the object', controllerName),
  text('Revision', 'Revision indicates the revision of the state represented by Data.', (object) => object.revision ?? 0),
  ageColumn,
];
