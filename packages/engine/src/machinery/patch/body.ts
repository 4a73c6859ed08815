import { goSyntaxError } from '../decode/syntax.ts';
import { ApiError, badRequest } from '../status.ts';
import type { Json } from './plain.ts';

/** What Go calls a JSON value when it does not fit. */
export function goJsonKind(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

export const decodeError = (what: string): ApiError => badRequest(`error decoding patch: ${what}`);

/** The patch as JSON. */
export function parseBody(body: string, refuse: (message: string) => ApiError): Json {
  try {
    return JSON.parse(body) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuse(goSyntaxError(new TextEncoder().encode(body)) ?? error.message);
  }
}

/** 422 as an API server answers a patch that cannot be applied; why is not said. Models NewGenericServerResponse. */
export const unprocessable = (): ApiError => new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
