import { ownValue, type Part } from '../../fields.ts';
import { nano } from '../../quantity.ts';

/** Amounts that can only be whole. */
const WHOLE = ['memory', 'ephemeral-storage'];

export const fractionWarnings = (amounts: Record<string, string> | undefined, path: string): string[] =>
  WHOLE.flatMap((name) => {
    const quantity = ownValue<string>(amounts, name);
    if (quantity === undefined || nano(quantity) % 1_000_000_000n === 0n) return [];
    return [`${path}[${name}]: fractional byte value ${JSON.stringify(quantity)} is invalid, must be an integer`];
  });

export function containerWarnings({ resources, env }: Part, path: string): string[] {
  const [limits, requests] = ['limits', 'requests'].map((list) => fractionWarnings(resources?.[list], `${path}.resources.${list}`)) as [
    string[],
    string[],
  ];
  // Upstream goes by the resource first.
  const byResource = WHOLE.flatMap((name) => [...limits, ...requests].filter((text) => text.includes(`[${name}]: `)));
  return [...byResource, ...envWarnings(env, `${path}.env`)];
}

/** A later variable wins; server-side apply would lose one of the two. */
function envWarnings(variables: Part[] | undefined, path: string): string[] {
  const seen = new Set<string>();
  return (variables ?? []).flatMap(({ name, value = '', valueFrom }, i) => {
    const before = seen.has(name);
    seen.add(name);
    const ref = `$(${name})`;
    // Building on the value before is a known idiom.
    if (!before || (!valueFrom && value !== ref && value.includes(ref))) return [];
    return [`${path}[${i}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`];
  });
}
