import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { validate, validateUpdate } from './validate.ts';

export const serviceCidr = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  scope: 'Cluster',
  schema: 'networking.v1.ServiceCIDR',
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
  defaults: (range) => {
    range.spec ??= {};
  },
  validate,
  validateUpdate,
  // Models printServiceCIDR in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    text(
      'CIDRs',
      'CIDRs defines the IP blocks in CIDR notation (e.g. "192.168.0.0/24" or "2001:db8::/64") from which to assign service cluster IPs. Max of two CIDRs is allowed, one of each IP family. This field is immutable.',
      ({ spec }) => (spec?.cidrs ?? []).join(','),
    ),
    ageColumn,
  ],
  exactColumns: true,
});
