import { semanticEqual } from '../../kinds/shared/equal.ts';
import { contentHash } from '../shared/hash.ts';
import type { PodTemplate } from '../shared/objects.ts';

export const POD_TEMPLATE_HASH = 'pod-template-hash';

/** Models ComputeHash in pkg/controller/controller_utils.go. */
export const templateHash = (template: PodTemplate, collisionCount = 0): string => contentHash(template, collisionCount);

function withoutHash(template: PodTemplate): PodTemplate {
  const labels = template.metadata?.labels;
  if (!labels || !Object.hasOwn(labels, POD_TEMPLATE_HASH)) return template;
  const { [POD_TEMPLATE_HASH]: _hash, ...rest } = labels;
  return { ...template, metadata: { ...template.metadata, labels: rest } };
}

/** Models EqualIgnoreHash in pkg/controller/deployment/util. */
export const sameTemplate = (a: PodTemplate, b: PodTemplate): boolean => a === b || semanticEqual(withoutHash(a), withoutHash(b));
