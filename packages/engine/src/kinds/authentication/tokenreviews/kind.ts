import { ISSUER } from '../../../machinery/identity/token.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { badRequest } from '../../../machinery/status.ts';

/** Models pkg/registry/authentication/tokenreview/storage.go. */
export const tokenReview = defineKind({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenReview',
  plural: 'tokenreviews',
  scope: 'Cluster',
  schema: 'authentication.v1.TokenReview',
  verbs: ['create'],
  columns: [],
  review: (object, { authenticate }) => {
    const token: string = object.spec?.token ?? '';
    if (token === '') throw badRequest('token is required for TokenReview in authentication');
    const asked: string[] | undefined = object.spec?.audiences?.length ? object.spec.audiences : undefined;
    const user = authenticate(token, asked);
    if (!user) return { ...object, status: { user: {}, error: 'invalid bearer token' } };
    const audiences = (asked ?? [ISSUER]).filter((audience) => authenticate(token, [audience]));
    const { username, uid, groups, extra } = user;
    const known = { username, ...(uid ? { uid } : {}), groups: [...groups], ...(extra ? { extra } : {}) };
    return { ...object, status: { authenticated: true, user: known, audiences } };
  },
});
