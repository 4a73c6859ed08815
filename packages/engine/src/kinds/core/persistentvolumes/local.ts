import { type FieldError, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { validateNoBacksteps } from '../../shared/paths.ts';

/** A disk of one node: the volume must say which. Models validateLocalVolumeSource and its caller. */
export function validateLocal(local: Part, nodeAffinity: Part, path: string): FieldError[] {
  const at = `${path}.local.path`;
  const errors = local.path ? validateNoBacksteps(local.path, at) : [required(at)];
  return nodeAffinity ? errors : [...errors, required(`${path}.nodeAffinity`, 'Local volume requires node affinity')];
}
