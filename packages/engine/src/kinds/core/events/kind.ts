import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { nameIsPathSegment } from '../../shared/names.ts';
import { columns } from './columns.ts';
import { validate } from './validate.ts';

const involved = (field: string) => (event: KubeObject) => (event.involvedObject?.[field] as string | undefined) ?? '';

export const event = defineKind({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  scope: 'Namespaced',
  schema: 'core.v1.Event',
  createsOnUpdate: true,
  nameRule: nameIsPathSegment,
  defaults: (object) => {
    // Plain Go values without omitempty: they are always there.
    object.involvedObject ??= {};
    object.source ??= {};
    object.reportingComponent ??= '';
    object.reportingInstance ??= '';
  },
  validate,
  validateUpdate: validate,
  fieldSelectors: {
    'involvedObject.kind': involved('kind'),
    'involvedObject.namespace': involved('namespace'),
    'involvedObject.name': involved('name'),
    'involvedObject.uid': involved('uid'),
    'involvedObject.apiVersion': involved('apiVersion'),
    'involvedObject.resourceVersion': involved('resourceVersion'),
    'involvedObject.fieldPath': involved('fieldPath'),
    reason: (object) => object.reason ?? '',
    reportingComponent: (object) => object.reportingComponent ?? '',
    source: (object) => object.source?.component || object.reportingComponent || '',
    type: (object) => object.type ?? '',
  },
  columns,
  exactColumns: true,
});
