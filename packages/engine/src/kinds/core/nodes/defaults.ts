import type { Part } from '../../shared/fields.ts';

/** The old single field and the list say the same. Models the conversion in pkg/apis/core/v1 and SetDefaults_NodeStatus. */
export function defaults(node: Part): void {
  const spec = node.spec;
  // Whoever knows only the single field means it.
  if (spec?.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
  else if (spec?.podCIDRs?.length) spec.podCIDR = spec.podCIDRs[0];
  const status = node.status;
  if (status?.capacity && !status.allocatable) status.allocatable = { ...status.capacity };
}
