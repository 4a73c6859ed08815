import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, boolean, nameColumn, text } from '../../cells/standard.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const volumeAttachment = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  scope: 'Cluster',
  schema: 'storage.v1.VolumeAttachment',
  updatesNameRevision: true,
  subresources: { status: true },
  defaults: (attachment) => {
    attachment.spec ??= {};
    attachment.spec.source ??= {};
  },
  validate,
  validateUpdate,
  validateStatusUpdate,
  indexes: {
    volume: ({ spec }) => (spec?.source?.persistentVolumeName ? [spec.source.persistentVolumeName] : []),
  },
  // Models printVolumeAttachment in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    {
      ...text(
        'Attacher',
        'attacher indicates the name of the volume driver that MUST handle this request. This is the name returned by GetPluginName().',
        ({ spec }) => spec?.attacher ?? '',
      ),
      format: 'name',
    },
    text(
      'PV',
      'persistentVolumeName represents the name of the persistent volume to attach.',
      ({ spec }) => spec?.source?.persistentVolumeName ?? '',
    ),
    text('Node', 'nodeName represents the node that the volume should be attached to.', ({ spec }) => spec?.nodeName ?? ''),
    boolean(
      'Attached',
      'attached indicates the volume is successfully attached. This field must only be set by the entity completing the attach operation, i.e. the external-attacher.',
      ({ status }) => status?.attached ?? false,
    ),
    ageColumn,
  ],
  exactColumns: true,
});
