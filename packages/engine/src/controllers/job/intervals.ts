/** Completion indexes as ordered, disjoint intervals. Models orderedIntervals in pkg/controller/job/indexed_job_utils.go. */
export interface Interval {
  first: number;
  last: number;
}

export type Intervals = readonly Interval[];

function append(intervals: Interval[], { first, last }: Interval): void {
  const end = intervals[intervals.length - 1];
  if (end === undefined || first > end.last + 1) intervals.push({ first, last });
  else if (end.last < last) end.last = last;
}

export function merge(a: Intervals, b: Intervals): Intervals {
  const merged: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    const takeLeft = right === undefined || (left !== undefined && left.first < right.first);
    append(merged, (takeLeft ? left : right) as Interval);
    if (takeLeft) i++;
    else j++;
  }
  return merged;
}

export const ofIndexes = (indexes: Iterable<number>): Intervals =>
  merge(
    [...new Set(indexes)].sort((a, b) => a - b).map((index) => ({ first: index, last: index })),
    [],
  );

export const withIndexes = (intervals: Intervals, indexes: Iterable<number>): Intervals => merge(intervals, ofIndexes(indexes));

export const countOf = (intervals: Intervals): number => intervals.reduce((count, { first, last }) => count + last - first + 1, 0);

export const includes = (intervals: Intervals, index: number): boolean => intervals.some(({ first, last }) => first <= index && index <= last);

/** `0,2-5`; two neighbours are no range. */
export const textOf = (intervals: Intervals): string =>
  intervals.map(({ first, last }) => (last === first ? `${first}` : last === first + 1 ? `${first},${last}` : `${first}-${last}`)).join(',');

/** What is not well-formed is passed over; indexes beyond `completions` are cut off. */
export function parseIntervals(text: string, completions: number): Intervals {
  const intervals: Interval[] = [];
  for (const part of text === '' ? [] : text.split(',')) {
    const limits = part.split('-').map((limit) => (/^\d+$/.test(limit) ? Number(limit) : Number.NaN));
    const [first, last = limits[0]] = limits as [number, number?];
    if (Number.isNaN(first) || Number.isNaN(last as number)) continue;
    if (first >= completions) break;
    append(intervals, { first, last: Math.min(last as number, completions - 1) });
  }
  return intervals;
}

/** The lowest `count` indexes below `completions` that are not taken. Models firstPendingIndexes. */
export function firstFree(taken: Intervals, count: number, completions: number): number[] {
  const free: number[] = [];
  let candidate = 0;
  for (const { first, last } of [...taken, { first: completions, last: completions }]) {
    for (; candidate < first && candidate < completions && free.length < count; candidate++) free.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return free;
}

export function overlap(a: Intervals, b: Intervals): number {
  let total = 0;
  for (const x of a) for (const y of b) total += Math.max(0, Math.min(x.last, y.last) - Math.max(x.first, y.first) + 1);
  return total;
}
