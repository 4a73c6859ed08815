import { defineKind } from '../../../machinery/kind.ts';

const EVERYTHING = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
const EVERYWHERE = [{ verbs: ['*'], nonResourceURLs: ['*'] }];

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
    const master = user.groups.includes('system:masters');
    const own = rules(user, object.spec?.namespace ?? '');
    return {
      ...object,
      status: {
        resourceRules: [...(master ? EVERYTHING : []), ...own.filter((rule) => rule.resources).map(({ nonResourceURLs: _urls, ...rule }) => rule)],
        nonResourceRules: [
          ...(master ? EVERYWHERE : []),
          ...own.filter((rule) => rule.nonResourceURLs).map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
        ],
        incomplete: false,
      },
    };
  },
});
