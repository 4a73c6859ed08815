import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { type Configuration, configurationKind } from '../configuration-kind.ts';
import { defaultMatchResources } from './defaults.ts';

/** Which parameters a binding names, as `kubectl get` shows them. */
function paramRefText({ spec }: KubeObject): string {
  const reference = spec?.paramRef;
  if (!reference) return '<unset>';
  return reference.namespace ? `${reference.namespace}/${reference.name ?? '*'}` : (reference.name ?? '*');
}

function defaults(binding: KubeObject): void {
  binding.spec ??= {};
  if (binding.spec.matchResources) defaultMatchResources(binding.spec.matchResources);
}

/** Where a policy holds. Models printValidatingAdmissionPolicyBinding and its mutating twin in pkg/printers/internalversion/printers.go. */
export const bindingKind = (names: Pick<Configuration, 'kind' | 'plural' | 'validate'>) =>
  configurationKind({
    ...names,
    defaults,
    columns: [
      nameColumn,
      text('PolicyName', 'PolicyName indicates the policy definition which the policy binding binded to', ({ spec }) => spec?.policyName ?? ''),
      text('ParamRef', 'ParamRef indicates the param resource which sets the configration param', paramRefText),
      ageColumn,
    ],
  });
