import { defineKind } from '../../../machinery/kind.ts';
import { badRequest } from '../../../machinery/status.ts';

const INVALID = 'invalid bearer token';

/** The API server's own token is tried before those of accounts, and says so too. */
const problemOf = (problem: string | undefined): string => (problem === undefined ? INVALID : `[${INVALID}, ${problem}]`);

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
    const verdict = authenticate(token, object.spec?.audiences?.length ? object.spec.audiences : undefined);
    if ('problem' in verdict) return { ...object, status: { user: {}, error: problemOf(verdict.problem) } };
    const { username, uid, groups, extra } = verdict.user;
    const user = { username, ...(uid ? { uid } : {}), groups: [...groups], ...(extra ? { extra } : {}) };
    return { ...object, status: { authenticated: true, user, audiences: [...verdict.audiences] } };
  },
});
