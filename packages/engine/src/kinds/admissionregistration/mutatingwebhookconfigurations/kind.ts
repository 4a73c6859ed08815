import { defineKind } from '../../../machinery/kind.ts';
import { defaultMutatingWebhooks } from '../webhooks/defaults.ts';
import { webhooksKind } from '../webhooks/webhooks-kind.ts';

export const mutatingWebhookConfiguration = defineKind(
  webhooksKind({ kind: 'MutatingWebhookConfiguration', plural: 'mutatingwebhookconfigurations', defaults: defaultMutatingWebhooks }),
);
