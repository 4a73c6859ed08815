import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { validateAppArmorMatch, validatePodAnnotations, validateSeccompMatch } from '../../shared/podspec/annotations.ts';
import { validateImageTrimmed } from '../../shared/podspec/containers.ts';
import { validatePodSpec, validateTokensNeedAccount } from '../../shared/podspec/spec.ts';

/** What must hold at creation and after every update. Models validatePodMetadataAndSpec. */
export function validateMetadataAndSpec(pod: KubeObject): FieldError[] {
  const { metadata, spec } = pod;
  const trimmed = (list: string) => ((spec[list] ?? []) as Part[]).flatMap((c, i) => validateImageTrimmed(c, `spec.${list}[${i}]`));
  return [
    ...validatePodAnnotations(metadata.annotations, spec, 'metadata.annotations'),
    ...validatePodSpec(spec, 'spec', { isPod: true, podName: metadata.name }),
    ...validateTokensNeedAccount(spec, 'spec'),
    ...trimmed('containers'),
    ...trimmed('initContainers'),
  ];
}

/** Models ValidatePodCreate. */
export function validate(pod: KubeObject): FieldError[] {
  const { metadata, spec } = pod;
  const errors = validateMetadataAndSpec(pod);
  if (spec.ephemeralContainers?.length) errors.push(forbiddenField('spec.ephemeralContainers', 'cannot be set on create'));
  if (spec.nodeName && spec.schedulingGates?.length) {
    errors.push(forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
  return [...errors, ...validateSeccompMatch(metadata.annotations, spec, 'spec'), ...validateAppArmorMatch(metadata.annotations, spec, 'spec')];
}
