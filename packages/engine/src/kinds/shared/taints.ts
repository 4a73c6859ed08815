import type { Taint, Toleration } from '@vivakube/schema/types/core.v1';

/** Models Toleration.ToleratesTaint in k8s.io/api/core/v1/toleration.go. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    case 'Lt':
    case 'Gt':
      return comparesAs(toleration.operator as string, toleration.value ?? '', taint.value ?? '');
    default:
      return false;
  }
}

const INTEGER = /^-?(0|[1-9]\d*)$/;

/** Numeric tolerations: the taint's value is below (Lt) or above (Gt) the toleration's. */
function comparesAs(operator: string, bound: string, value: string): boolean {
  if (!INTEGER.test(bound) || !INTEGER.test(value)) return false;
  return operator === 'Lt' ? BigInt(value) < BigInt(bound) : BigInt(value) > BigInt(bound);
}

export const isTolerated = (taint: Taint, tolerations: readonly Toleration[]): boolean => tolerations.some((t) => tolerates(t, taint));
