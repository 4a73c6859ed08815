import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateClientConfig } from '../../rules/client-config.ts';
import type { Part } from '../../shared/fields.ts';
import { isDns1035Label } from '../../shared/names.ts';

// Models validateCustomResourceConversion in pkg/apis/apiextensions/validation/validation.go of k8s.io/apiextensions-apiserver.
const STRATEGIES = ['None', 'Webhook'];
const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const UNFIT = 'should not be set when strategy is not set to Webhook';

function validateReviewVersions(versions: string[], path: string): FieldError[] {
  if (versions.length === 0) return [required(path)];
  const errors = versions.flatMap((version, i) => {
    const problems = isDns1035Label(version);
    return [
      ...(versions.indexOf(version) < i ? [invalid(`${path}[${i}]`, version, 'duplicate version')] : []),
      ...(problems.length > 0 ? [invalid(`${path}[${i}]`, version, problems.join(','))] : []),
    ];
  });
  if (versions.some((version) => REVIEW_VERSIONS.includes(version))) return errors;
  return [...errors, invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`)];
}

export function validateConversion({ strategy, webhook }: Part, path: string): FieldError[] {
  const config = `${path}.webhookClientConfig`;
  const reviews = `${path}.conversionReviewVersions`;
  const versions: string[] = webhook?.conversionReviewVersions ?? [];
  if (strategy === 'Webhook') {
    return [
      ...(webhook?.clientConfig
        ? validateClientConfig(webhook.clientConfig, config)
        : [required(config, 'required when strategy is set to Webhook')]),
      ...validateReviewVersions(versions, reviews),
    ];
  }
  const errors: FieldError[] = [];
  if (!strategy) errors.push(required(`${path}.strategy`));
  else if (!STRATEGIES.includes(strategy)) errors.push(notSupported(`${path}.strategy`, strategy, STRATEGIES));
  if (webhook?.clientConfig) errors.push(forbiddenField(config, UNFIT));
  if (versions.length > 0) errors.push(forbiddenField(reviews, UNFIT));
  return errors;
}
