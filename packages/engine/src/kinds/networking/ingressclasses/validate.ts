import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, notSupported, required, tooLong } from '../../../machinery/field.ts';
import { validateDomainPrefixedPath } from '../../rules/domain-path.ts';
import { validateTypedReference } from '../../rules/references.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateDnsLabel } from '../../shared/fields.ts';

// Models ValidateIngressClass* in pkg/apis/networking/validation/validation.go.
const CONTROLLER_BYTES_MAX = 250;

function validateScope(parameters: Part, path: string): FieldError[] {
  const { scope, namespace } = parameters;
  const at = `${path}.namespace`;
  if (scope === 'Namespace')
    return namespace === undefined ? [required(at, "`parameters.scope` is set to 'Namespace'")] : validateDnsLabel(namespace, at);
  if (scope === 'Cluster') return namespace === undefined ? [] : [forbiddenField(at, "`parameters.scope` is set to 'Cluster'")];
  return [notSupported(`${path}.scope`, scope ?? '', ['Cluster', 'Namespace'])];
}

export function validate({ spec }: KubeObject): FieldError[] {
  const controller = spec.controller ?? '';
  const errors = controller.length > CONTROLLER_BYTES_MAX ? [tooLong('spec.controller', CONTROLLER_BYTES_MAX)] : [];
  errors.push(...validateDomainPrefixedPath(controller, 'spec.controller'));
  if (!spec.parameters) return errors;
  return [...errors, ...validateTypedReference(spec.parameters, 'spec.parameters'), ...validateScope(spec.parameters, 'spec.parameters')];
}

export const validateUpdate = (ingressClass: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(ingressClass),
  ...validateImmutable(ingressClass.spec.controller, old.spec?.controller, 'spec.controller'),
];
