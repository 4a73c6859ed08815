import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { columns } from '../../core/events/columns.ts';
import { event } from '../../core/events/kind.ts';
import { columnsThrough } from '../../shared/through.ts';
import { fromCore, toCore } from './convert.ts';
import { validateChange, validateNew } from './validate.ts';

const regarding = (field: string) => (stored: KubeObject) => (stored.involvedObject?.[field] as string | undefined) ?? '';

/** Events in their newer group: the same objects. */
export const eventsEvent = defineKind({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  scope: 'Namespaced',
  schema: 'events.v1.Event',
  createsOnUpdate: true,
  converts: { storage: event, from: fromCore, to: toCore, validate: validateNew, validateUpdate: validateChange },
  fieldSelectors: {
    'regarding.kind': regarding('kind'),
    'regarding.namespace': regarding('namespace'),
    'regarding.name': regarding('name'),
    'regarding.uid': regarding('uid'),
    'regarding.apiVersion': regarding('apiVersion'),
    'regarding.resourceVersion': regarding('resourceVersion'),
    'regarding.fieldPath': regarding('fieldPath'),
    reason: ({ reason }) => reason ?? '',
    reportingController: ({ reportingComponent }) => reportingComponent ?? '',
    type: ({ type }) => type ?? '',
  },
  columns: columnsThrough(columns, toCore),
  exactColumns: true,
});
