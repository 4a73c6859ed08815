import { toRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';
import { nameIsPathSegment } from '../../shared/names.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { validate } from './validate.ts';

const AVAILABLE = 'Available';
const HTTPS_PORT = 443;

// Models registry/apiservice/rest/storage_apiservice.go of k8s.io/kube-aggregator.
function availability({ status }: KubeObject): string {
  const condition = (status?.conditions ?? []).find(({ type }: Part) => type === AVAILABLE);
  if (!condition) return 'Unknown';
  return condition.status !== 'True' && condition.reason ? `${condition.status} (${condition.reason})` : condition.status;
}

export const apiService = defineKind({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'apiregistration.v1.APIService',
  updatesNameRevision: true,
  nameRule: nameIsPathSegment,
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
  defaults: (service) => {
    service.spec ??= {};
    if (service.spec.service) service.spec.service.port ??= HTTPS_PORT;
  },
  // Versions without a service are the server's own, and there from the start.
  prepareForCreate: (service, { now }) => {
    service.status = service.spec.service
      ? {}
      : {
          conditions: [
            {
              type: AVAILABLE,
              status: 'True',
              lastTransitionTime: toRfc3339(now),
              reason: 'Local',
              message: 'Local APIServices are always available',
            },
          ],
        };
  },
  validate,
  validateUpdate: validate,
  indexes: { service: ({ spec }) => (spec?.service ? [`${spec.service.namespace}/${spec.service.name}`] : []) },
  warnings: ({ spec }) => (spec.service ? ['spec.service: this simulated cluster stores API services and never forwards requests to them'] : []),
  columns: [
    nameColumn,
    text('Service', 'The reference to the service that hosts this API endpoint.', ({ spec }) =>
      spec?.service ? `${spec.service.namespace}/${spec.service.name}` : 'Local',
    ),
    text('Available', 'Whether this service is available.', availability),
    ageColumn,
  ],
  exactColumns: true,
});
