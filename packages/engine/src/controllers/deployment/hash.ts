import { hash32 } from '../../core/chance.ts';
import { semanticEqual } from '../../kinds/shared/equal.ts';
import type { PodTemplate } from '../shared/objects.ts';

export const POD_TEMPLATE_HASH = 'pod-template-hash';

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value as object).length === 0);

/** One text for what means the same: keys in order, nothing empty. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const map = value as Record<string, unknown>;
  const keys = Object.keys(map)
    .filter((key) => !isEmpty(map[key]))
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(map[key])}`).join(',')}}`;
}

// Models rand.SafeEncodeString in k8s.io/apimachinery/pkg/util/rand: what each decimal digit becomes.
const SAFE_DIGITS = '456789bcdf';

/** Models ComputeHash in pkg/controller/controller_utils.go; the hash function is our own, its shape is upstream's. */
export function templateHash(template: PodTemplate, collisionCount = 0): string {
  const salt = collisionCount === 0 ? '' : `#${collisionCount}`;
  return [...String(hash32(canonical(template) + salt))].map((digit) => SAFE_DIGITS[Number(digit)]).join('');
}

function withoutHash(template: PodTemplate): PodTemplate {
  const labels = template.metadata?.labels;
  if (!labels || !Object.hasOwn(labels, POD_TEMPLATE_HASH)) return template;
  const { [POD_TEMPLATE_HASH]: _hash, ...rest } = labels;
  return { ...template, metadata: { ...template.metadata, labels: rest } };
}

/** Models EqualIgnoreHash in pkg/controller/deployment/util. */
export const sameTemplate = (a: PodTemplate, b: PodTemplate): boolean => a === b || semanticEqual(withoutHash(a), withoutHash(b));
