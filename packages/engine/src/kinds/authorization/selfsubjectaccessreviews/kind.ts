import { defineKind } from '../../../machinery/kind.ts';
import { questionOf, statusOf, validateAttributes } from '../questions.ts';

export const selfSubjectAccessReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  scope: 'Cluster',
  schema: 'authorization.v1.SelfSubjectAccessReview',
  verbs: ['create'],
  columns: [],
  validate: (object) => validateAttributes(object.spec),
  review: (object, { user, decide }) => ({ ...object, status: statusOf(decide(user, questionOf(object.spec))) }),
});
