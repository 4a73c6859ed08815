import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

const SERVICE_PORT = 443;
const TIMEOUT_SECONDS = 10;

function defaultWebhook(webhook: Part): void {
  webhook.failurePolicy ??= 'Fail';
  webhook.matchPolicy ??= 'Equivalent';
  webhook.namespaceSelector ??= {};
  webhook.objectSelector ??= {};
  webhook.timeoutSeconds ??= TIMEOUT_SECONDS;
  webhook.clientConfig ??= {};
  if (webhook.clientConfig.service) webhook.clientConfig.service.port ??= SERVICE_PORT;
  for (const rule of webhook.rules ?? []) rule.scope ??= '*';
}

// Models pkg/apis/admissionregistration/v1/defaults.go.
export function defaultWebhooks(configuration: KubeObject): void {
  for (const webhook of configuration.webhooks ?? []) defaultWebhook(webhook);
}

export function defaultMutatingWebhooks(configuration: KubeObject): void {
  defaultWebhooks(configuration);
  for (const webhook of configuration.webhooks ?? []) webhook.reinvocationPolicy ??= 'Never';
}
