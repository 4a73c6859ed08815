import { invalid } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { badRequest } from '../../../machinery/status.ts';
import { questionOf, shownPath, statusOf, validateAttributes } from '../questions.ts';
import { subjectOf, validateSubject } from '../subject.ts';

export const localSubjectAccessReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'LocalSubjectAccessReview',
  plural: 'localsubjectaccessreviews',
  scope: 'Namespaced',
  schema: 'authorization.v1.LocalSubjectAccessReview',
  verbs: ['create'],
  columns: [],
  validate: (object) => [
    ...validateAttributes(object.spec),
    ...validateSubject(object.spec),
    ...(object.spec?.nonResourceAttributes
      ? [invalid('spec.nonResourceAttributes', shownPath(object.spec.nonResourceAttributes), 'disallowed on this kind of request')]
      : []),
  ],
  review: (object, { decide, namespace }) => {
    const asked = object.spec?.resourceAttributes?.namespace ?? '';
    if (asked !== namespace) throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${namespace}`);
    return { ...object, status: statusOf(decide(subjectOf(object.spec), questionOf(object.spec))) };
  },
});
