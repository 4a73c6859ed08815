import type { View } from '../../core/txn.ts';
import type { ApiRequest, UserInfo } from '../request.ts';
import { ApiError } from '../status.ts';
import { authenticateToken } from './authenticate.ts';
import { authenticateCertificate } from './certificate.ts';
import { ANONYMOUS, impersonated } from './impersonate.ts';

/** The request with the user whom it really stands for: the holder of what the cluster signed, or whom the user wants to be. */
export function identified(view: View, request: ApiRequest): ApiRequest {
  const { token, certificate, impersonate } = request;
  if (token === undefined && certificate === undefined && impersonate === undefined) return request;
  const user = authenticated(view, request);
  if (!user) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  return { ...request, user: impersonate ? impersonated(view, user, impersonate) : user };
}

/** Certificates come before tokens; what proves nothing is only an error where nothing else does. */
function authenticated(view: View, { user, token, certificate }: ApiRequest): UserInfo | undefined {
  const holder = certificate && authenticateCertificate(view, certificate);
  if (holder) return holder;
  if (token !== undefined) {
    const verdict = authenticateToken(view, token);
    return 'user' in verdict ? verdict.user : undefined;
  }
  return certificate && user.username === ANONYMOUS ? undefined : user;
}
