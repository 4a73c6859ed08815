import type { Subset } from './subsets.ts';

/** Models maxCapacity of pkg/controller/endpoint: what one Endpoints object may hold. */
export const ADDRESSES_MAX = 1000;

/**
 * Cuts addresses that are too many, in proportion to the size of their subsets and the ready ones last; undefined where all fit.
 * Models truncateEndpoints.
 */
export function truncated(subsets: readonly Subset[]): Subset[] | undefined {
  const ready = sum(subsets, 'addresses');
  const notReady = sum(subsets, 'notReadyAddresses');
  if (ready + notReady <= ADDRESSES_MAX) return undefined;
  const field = ready > ADDRESSES_MAX ? 'addresses' : 'notReadyAddresses';
  const room = field === 'addresses' ? ADDRESSES_MAX : ADDRESSES_MAX - ready;
  const total = field === 'addresses' ? ready : notReady;
  let left = room;
  return subsets.map((subset) => {
    const all = subset[field] ?? [];
    const share = all.slice(0, Math.min(left, Math.ceil((all.length / total) * room)));
    left -= share.length;
    const { addresses, notReadyAddresses, ...rest } = subset;
    if (field === 'addresses') return { ...rest, ...(share.length > 0 ? { addresses: share } : {}) };
    return { ...rest, ...(addresses ? { addresses } : {}), ...(share.length > 0 ? { notReadyAddresses: share } : {}) };
  });
}

const sum = (subsets: readonly Subset[], field: 'addresses' | 'notReadyAddresses'): number =>
  subsets.reduce((count, subset) => count + (subset[field]?.length ?? 0), 0);
