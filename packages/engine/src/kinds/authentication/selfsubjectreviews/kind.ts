import { defineKind } from '../../../machinery/kind.ts';

export const selfSubjectReview = defineKind({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  scope: 'Cluster',
  schema: 'authentication.v1.SelfSubjectReview',
  verbs: ['create'],
  columns: [],
  review: (object, { user }) => ({
    ...object,
    status: {
      userInfo: {
        username: user.username,
        ...(user.uid ? { uid: user.uid } : {}),
        groups: [...user.groups],
        ...(user.extra ? { extra: user.extra } : {}),
      },
    },
  }),
});
