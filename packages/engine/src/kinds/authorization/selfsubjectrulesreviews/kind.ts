import { defineKind } from '../../../machinery/kind.ts';
import { badRequest } from '../../../machinery/status.ts';

/** Models pkg/registry/authorization/selfsubjectrulesreview/rest.go. */

export const selfSubjectRulesReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  scope: 'Cluster',
  schema: 'authorization.v1.SelfSubjectRulesReview',
  verbs: ['create'],
  columns: [],
  review: (object, { user, rules }) => {
    const namespace: string = object.spec?.namespace ?? '';
    if (namespace === '') throw badRequest('no namespace on request');
    const { rules: own, problem } = rules(user, namespace);
    return {
      ...object,
      status: {
        resourceRules: own.filter((rule) => rule.resources?.length).map(({ nonResourceURLs: _urls, ...rule }) => rule),
        nonResourceRules: own.filter((rule) => rule.nonResourceURLs?.length).map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
        incomplete: problem !== undefined,
        ...(problem === undefined ? {} : { evaluationError: problem }),
      },
    };
  },
});
