import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, goQuote } from '../../../machinery/field.ts';
import type { SubresourceUpdate } from '../../../machinery/kind.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { ownValue, type Part } from '../../shared/fields.ts';
import { goDiff } from '../../shared/go/diff.ts';
import { validatePodAnnotationUpdates } from '../../shared/podspec/annotations.ts';
import { defaultContainer } from '../../shared/podspec/defaults.ts';
import { MIRROR_ANNOTATION, WHOLE_OBJECT } from './static.ts';
import { validateMetadataAndSpec } from './validate.ts';

/** Models podEphemeralContainersStrategy and ValidatePodEphemeralContainersUpdate. */
export const ephemeralContainers: SubresourceUpdate<KubeObject> = {
  prepare: (pod, old) => {
    pod.spec = { ...old.spec, ephemeralContainers: pod.spec?.ephemeralContainers };
    pod.status = old.status;
    for (const container of pod.spec.ephemeralContainers ?? []) defaultContainer(container);
  },
  validate: (pod, old) => {
    if (ownValue(old.metadata.annotations, MIRROR_ANNOTATION) !== undefined) {
      return [forbiddenField(WHOLE_OBJECT, 'static pods do not support ephemeral containers')];
    }
    return [
      ...validateMetadataAndSpec(pod),
      ...validatePodAnnotationUpdates(pod.metadata.annotations, old.metadata.annotations, 'metadata.annotations'),
      ...validateKept(pod.spec.ephemeralContainers ?? [], old.spec.ephemeralContainers ?? []),
    ];
  },
};

/** They can be added, and never changed or taken away. */
function validateKept(containers: Part[], before: Part[]): FieldError[] {
  const path = 'spec.ephemeralContainers';
  return before.flatMap((old) => {
    const name = goQuote(old.name);
    const now = containers.find((c) => c.name === old.name);
    if (!now) return [forbiddenField(path, `existing ephemeral containers ${name} may not be removed\n`)];
    if (semanticEqual(now, old)) return [];
    return [forbiddenField(path, `existing ephemeral containers ${name} may not be changed\n${goDiff('EphemeralContainer', old, now)}`)];
  });
}
