import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import { validateLoadBalancerIngress } from '../../rules/load-balancer.ts';

/** Models ValidateServiceStatusUpdate in pkg/apis/core/validation/validation.go. */
export function validateStatusUpdate({ spec, status }: KubeObject): FieldError[] {
  const ingress = status?.loadBalancer?.ingress ?? [];
  const path = 'status.loadBalancer.ingress';
  if (spec.type !== 'LoadBalancer' && ingress.length > 0) return [forbiddenField(path, "may only be used when `spec.type` is 'LoadBalancer'")];
  return validateLoadBalancerIngress(ingress, path, { ipModes: true });
}
