import type { View } from '../../core/txn.ts';
import type { ApiRequest } from '../request.ts';
import { ApiError } from '../status.ts';
import { authenticateToken } from './authenticate.ts';
import { impersonated } from './impersonate.ts';

/** The request with the user whom it really stands for: the holder of a token of the cluster, or whom the user wants to be. */
export function identified(view: View, request: ApiRequest): ApiRequest {
  const { token, impersonate } = request;
  if (token === undefined && impersonate === undefined) return request;
  const user = token === undefined ? request.user : authenticateToken(view, token);
  if (!user) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  return { ...request, user: impersonate ? impersonated(view, user, impersonate) : user };
}
