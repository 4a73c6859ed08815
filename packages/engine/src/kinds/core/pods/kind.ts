import { defineKind } from '../../../machinery/kind.ts';
import { claimsDevices, deviceClaimNamesOf } from '../../rules/devices/pod-claims.ts';
import { orphan } from '../../rules/orphan.ts';
import { claimNamesOf } from '../../rules/volume-binding.ts';
import { podWarnings } from '../../shared/podspec/warnings/pod.ts';
import { binding } from './binding.ts';
import { columns } from './columns.ts';
import { defaults, gracePeriodSeconds, prepareForCreate, prepareForStatusUpdate } from './defaults.ts';
import { ephemeralContainers } from './ephemeral.ts';
import { resize } from './resize.ts';
import { validate } from './validate.ts';
import { validateStatusUpdate } from './validate-status.ts';
import { validateUpdate } from './validate-update.ts';

export const pod = defineKind({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'core.v1.Pod',
  subresources: { status: true },
  stampable: true,
  generation: true,
  defaults,
  prepareForCreate,
  prepareForStatusUpdate,
  validate,
  validateUpdate,
  validateStatusUpdate,
  warnings: (object, old) => (old ? [] : podWarnings(object)),
  updates: { binding, ephemeralcontainers: ephemeralContainers, resize },
  gracePeriodSeconds,
  returnsDeleted: true,
  // Models ToSelectableFields of pkg/registry/core/pod.
  fieldSelectors: {
    'spec.nodeName': (object) => object.spec?.nodeName ?? '',
    'spec.restartPolicy': (object) => object.spec?.restartPolicy ?? '',
    'spec.schedulerName': (object) => object.spec?.schedulerName ?? '',
    'spec.serviceAccountName': (object) => object.spec?.serviceAccountName ?? '',
    'spec.hostNetwork': (object) => String(object.spec?.hostNetwork ?? false),
    'status.phase': (object) => object.status?.phase ?? '',
    'status.podIP': (object) => object.status?.podIPs?.[0]?.ip ?? object.status?.podIP ?? '',
    'status.nominatedNodeName': (object) => object.status?.nominatedNodeName ?? '',
  },
  indexes: {
    orphan,
    node: (object) => (object.spec?.nodeName ? [object.spec.nodeName as string] : []),
    deviceclaim: (object) => (claimsDevices(object) ? deviceClaimNamesOf(object).map((name) => `${object.metadata.namespace}/${name}`) : []),
    claim: (object) => (object.spec?.volumes ? claimNamesOf(object).map((name) => `${object.metadata.namespace}/${name}`) : []),
  },
  columns,
  exactColumns: true,
});
