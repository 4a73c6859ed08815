/** How large or how dear something is at least and at most. Models SizeEstimate and CostEstimate in checker/cost.go of cel-go. */
export interface Range {
  min: number;
  max: number;
}

/** math.MaxUint64: nothing is more. */
export const MOST = 2 ** 64;

export const fixed = (value: number): Range => ({ min: value, max: value });
export const UNKNOWN: Range = { min: 0, max: MOST };
export const NOTHING = fixed(0);
export const ONE = fixed(1);

const capped = (value: number): number => Math.min(value, MOST);
/** Zero times anything is zero, however much that is. */
const product = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : capped(a * b));

export const plus = (...ranges: readonly Range[]): Range => ({
  min: capped(ranges.reduce((sum, { min }) => sum + min, 0)),
  max: capped(ranges.reduce((sum, { max }) => sum + max, 0)),
});
export const times = (a: Range, b: Range): Range => ({ min: product(a.min, b.min), max: product(a.max, b.max) });
export const scaled = ({ min, max }: Range, factor: number): Range => ({
  min: capped(Math.ceil(min * factor)),
  max: capped(Math.ceil(max * factor)),
});
export const either = (a: Range, b: Range): Range => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) });
