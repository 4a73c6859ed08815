import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, required } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateDnsSubdomain } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { validateCsiDriverName } from '../../shared/podspec/volume-sources.ts';

// Models ValidateVolumeAttachment* in pkg/apis/storage/validation/validation.go.

function validateSource(source: Part, path: string): FieldError[] {
  const { persistentVolumeName: name, inlineVolumeSpec: inline } = source;
  if (inline === undefined && name === undefined) {
    return [required(path, 'must specify exactly one of inlineVolumeSpec and persistentVolumeName')];
  }
  if (inline !== undefined && name !== undefined)
    return [forbiddenField(path, 'must specify exactly one of inlineVolumeSpec and persistentVolumeName')];
  if (name === '') return [required(`${path}.persistentVolumeName`, 'must specify non empty persistentVolumeName')];
  return [];
}

export const validate = ({ spec }: KubeObject): FieldError[] => [
  ...validateCsiDriverName(spec.attacher, 'spec.attacher'),
  ...validateSource(spec.source ?? {}, 'spec.source'),
  ...(spec.nodeName ? validateDnsSubdomain(spec.nodeName, 'spec.nodeName') : [required('spec.nodeName')]),
];

export const validateUpdate = (attachment: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(attachment),
  ...validateImmutable(attachment.spec, old.spec, 'spec', (spec) => goStruct('VolumeAttachmentSpec', spec)),
];

export const validateStatusUpdate = (): FieldError[] => [];
