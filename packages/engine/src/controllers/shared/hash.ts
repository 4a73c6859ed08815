import { hash32 } from '../../core/chance.ts';

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

/** The name that a value gets by its content; another one for every collision. The hash function is our own, its shape is upstream's. */
export function contentHash(value: unknown, collisionCount = 0): string {
  const salt = collisionCount === 0 ? '' : `#${collisionCount}`;
  return [...String(hash32(canonical(value) + salt))].map((digit) => SAFE_DIGITS[Number(digit)]).join('');
}
