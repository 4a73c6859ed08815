import { definition } from '@vivakube/schema';
import { type ObjectKey, objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { decodeBody, type Expectation } from '../decode/index.ts';
import { apiVersionOf, resourceOf } from '../kind.ts';
import type { Call } from './context.ts';
import { fieldValidation } from './validation.ts';

/** What a body of this call has to be. */
export const expected = ({ kind }: Call): Expectation => ({
  definition: kind.definition ?? definition(kind.schema),
  apiVersion: apiVersionOf(kind),
  kind: kind.kind,
});

/** The object that was sent; what `Warn` found about it becomes warnings of the call. */
export function sentObject(call: Call): KubeObject {
  const { object, warnings } = decodeBody(call.request.body, call.request.contentType, expected(call), fieldValidation(call));
  call.warnings.push(...warnings);
  return object;
}

/** Where the object that the URL names is stored. */
export const keyOfCall = ({ kind, path }: Call): ObjectKey =>
  objectKey(resourceOf(kind), kind.scope === 'Namespaced' ? path.namespace : '', path.name);
