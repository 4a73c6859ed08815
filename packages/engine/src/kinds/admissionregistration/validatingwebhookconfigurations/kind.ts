import { defineKind } from '../../../machinery/kind.ts';
import { defaultWebhooks } from '../webhooks/defaults.ts';
import { webhooksKind } from '../webhooks/webhooks-kind.ts';

export const validatingWebhookConfiguration = defineKind(
  webhooksKind({ kind: 'ValidatingWebhookConfiguration', plural: 'validatingwebhookconfigurations', defaults: defaultWebhooks }),
);
