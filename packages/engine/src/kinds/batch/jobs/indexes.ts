/** `0-2,5` as intervals, or why it is none. Models validateIndexesFormat and parseIndexInterval in pkg/apis/batch/validation. */
export type IndexIntervals = { intervals: [number, number][]; total: number } | { problem: string };

const orderProblem = (previous: number, current: number): string => `non-increasing order, previous: ${previous}, current: ${current}`;

function parseIndex(text: string, completions: number): number | string {
  if (!/^[+-]?\d+$/.test(text)) return `cannot convert string to integer for index: "${text}"`;
  const index = Number.parseInt(text, 10);
  return index >= completions ? `too large index: "${text}"` : index;
}

function parseInterval(text: string, completions: number): [number, number] | string {
  const parts = text.split('-');
  if (parts.length > 2) {
    return `the fragment "${text}" violates the requirement that an index interval can have at most two parts separated by '-'`;
  }
  const first = parseIndex(parts[0] as string, completions);
  if (typeof first === 'string') return first;
  if (parts.length === 1) return [first, first];
  const last = parseIndex(parts[1] as string, completions);
  if (typeof last === 'string') return last;
  return first >= last ? orderProblem(first, last) : [first, last];
}

export function parseIndexes(text: string, completions: number): IndexIntervals {
  const intervals: [number, number][] = [];
  let total = 0;
  for (const part of text === '' ? [] : text.split(',')) {
    const interval = parseInterval(part, completions);
    if (typeof interval === 'string') return { problem: interval };
    const previous = intervals[intervals.length - 1]?.[1];
    if (previous !== undefined && previous >= interval[0]) return { problem: orderProblem(previous, interval[0]) };
    intervals.push(interval);
    total += interval[1] - interval[0] + 1;
  }
  return { intervals, total };
}

export const indexesProblem = (text: string, completions: number): string | undefined => {
  const parsed = parseIndexes(text, completions);
  return 'problem' in parsed ? parsed.problem : undefined;
};
