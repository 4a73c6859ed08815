import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { refuseAdminAccess } from '../../rules/devices/admin-access.ts';
import { defaultClaimSpec } from '../../rules/devices/claim.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { claimWarnings } from '../warnings.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

/** Models resourceClaimState in pkg/printers/internalversion/printers.go. */
function state({ metadata, status }: KubeObject): string {
  const states: string[] = [];
  if (metadata.deletionTimestamp) states.push('deleted');
  if (!status?.allocation) {
    if (!metadata.deletionTimestamp) states.push('pending');
    return states.join(',');
  }
  states.push('allocated');
  if ((status.reservedFor?.length ?? 0) > 0) states.push('reserved');
  return states.join(',');
}

export const resourceClaim = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaim',
  plural: 'resourceclaims',
  scope: 'Namespaced',
  schema: 'resource.v1.ResourceClaim',
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
  defaults: (claim) => {
    claim.spec ??= {};
    defaultClaimSpec(claim.spec);
  },
  validate,
  validateUpdate,
  validateStatusUpdate,
  prepareForCreate: ({ spec, metadata }, context) => refuseAdminAccess(spec, { kind: 'ResourceClaim', metadata }, context),
  warnings: ({ spec }) => claimWarnings(spec, 'spec'),
  columns: [nameColumn, text('State', 'A summary of the current state (allocated, pending, reserved, etc.).', state), ageColumn],
  exactColumns: true,
});
