import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import type { Part } from '../../shared/fields.ts';
import { parseCidr } from '../../shared/ip.ts';

/** The service range of kubeadm. */
export const SERVICE_CIDR = '10.96.0.0/12';
const RANGES = 'networking.k8s.io/servicecidrs';
const DEFAULT = 'kubernetes';
const STATIC_MAX = 256;
const STATIC_MIN = 16;

/** Addresses by their distance from the first one, which is nobody's, nor is the last. */
export interface Range {
  start: number;
  size: number;
}

function rangeOf(cidr: string): Range | undefined {
  const parsed = parseCidr(cidr);
  if (parsed?.family !== 4) return undefined;
  const size = 2 ** (32 - parsed.prefixBits);
  const start = parsed.parts.reduce((sum, byte) => sum * 256 + byte, 0);
  return { start: start - (start % size), size };
}

const DEFAULT_RANGE = rangeOf(SERVICE_CIDR) as Range;

const isReady = ({ metadata, status }: KubeObject): boolean =>
  !metadata.deletionTimestamp && (status?.conditions ?? []).some(({ type, status: value }: Part) => type === 'Ready' && value === 'True');

/** Where addresses may be taken from, the cluster's own range first. Models pkg/registry/core/service/ipallocator/cidrallocator.go. */
export function rangesOf(view: View): Range[] {
  const known = view.list(RANGES);
  const own = known.find(({ metadata }) => metadata.name === DEFAULT);
  const others = known.filter((range) => range !== own && isReady(range));
  const more = others.flatMap(({ spec }) => (spec?.cidrs ?? []).flatMap((cidr: string) => rangeOf(cidr) ?? []));
  // A range that is to go gives nothing away any more, if there is another.
  return own?.metadata.deletionTimestamp && more.length > 0 ? more : [DEFAULT_RANGE, ...more];
}

export function addressAt({ start }: Range, offset: number): string {
  const value = start + offset;
  return [Math.floor(value / 2 ** 24), (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
}

export function holds({ start, size }: Range, address: string): boolean {
  const bytes = address.split('.').map(Number);
  const offset = bytes.length === 4 ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) - start : -1;
  return offset > 0 && offset < size - 1;
}

/** Below this distance a range is left to people who choose their own addresses, as long as there are others. Models calculateRangeOffset. */
export const staticOffset = ({ size }: Range): number =>
  size - 2 < STATIC_MIN ? 1 : Math.min(Math.max(STATIC_MIN, Math.floor(size / 16)), STATIC_MAX);
