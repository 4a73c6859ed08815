import { ApiError, badRequest } from '../status.ts';
import { goFormat, goTypeOf } from './goFormat.ts';
import type { Json, JsonObject } from './plain.ts';

// The texts of k8s.io/apimachinery/pkg/util/mergepatch. What the API server does not classify it answers as 500 without a reason.
const unclassified = (message: string): ApiError => new ApiError(500, '', message);

export const noMergeKey = (item: JsonObject, mergeKey: string): ApiError =>
  unclassified(`map: ${goFormat(item)} does not contain declared merge key: ${mergeKey}`);

export const badPatchType = (directive: Json, map: JsonObject): ApiError =>
  unclassified(`unknown patch type: ${goFormat(directive)} in map: ${goFormat(map)}`);

export const badArgType = (expected: Json, actual: Json): ApiError =>
  unclassified(`expected a ${goTypeOf(expected)}, but received a ${goTypeOf(actual)}`);

export const mixedElements = (lists: Json[][]): ApiError => unclassified(`list element types are not identical: ${goFormat(lists)}`);

export const notAMap = (index: number): ApiError => unclassified(`value for key ${index} is not a map.`);

export const mergeOfLists = (): ApiError => unclassified('merging lists cannot yet be specified in the patch');

export const mergeWithoutKey = (): ApiError => unclassified('cannot merge lists without merge key for type struct');

export const orderMismatch = (patch: Json[], order: Json[]): ApiError =>
  unclassified(`The order in patch list:\n${goFormat(patch)}\n doesn't match $setElementOrder list:\n${goFormat(order)}\n`);

export const unknownField = (struct: string, field: string): ApiError =>
  unclassified(`unable to find api field in struct ${struct} for the json field ${JSON.stringify(field)}`);

export const badElementOrder = (): ApiError => badRequest('invalid patch format of setElementOrder list');
export const badRetainKeys = (): ApiError => badRequest('invalid patch format of retainKeys');
export const badPrimitiveList = (): ApiError => badRequest('invalid patch format of primitive list');
