import { defineKind } from '../../../machinery/kind.ts';
import { questionOf, statusOf, validateAttributes } from '../questions.ts';
import { subjectOf, validateSubject } from '../subject.ts';

export const subjectAccessReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  scope: 'Cluster',
  schema: 'authorization.v1.SubjectAccessReview',
  verbs: ['create'],
  columns: [],
  validate: (object) => [...validateAttributes(object.spec), ...validateSubject(object.spec)],
  review: (object, { decide }) => ({ ...object, status: statusOf(decide(subjectOf(object.spec), questionOf(object.spec))) }),
});
