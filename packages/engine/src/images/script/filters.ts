type Filter = (lines: string[], args: string[]) => string[];

const numberAfter = (args: readonly string[], otherwise: number): number => {
  const found = /^-n?\s*(\d+)$/.exec(args.join(' ').replace('-n ', '-n'));
  return found ? Number(found[1]) : otherwise;
};

function grep(lines: string[], args: string[]): string[] {
  const flags = args.filter((a) => /^-[a-zA-Z]+$/.test(a)).join('');
  const pattern = args.find((a) => !a.startsWith('-')) ?? '';
  const fold = (text: string): string => (flags.includes('i') ? text.toLowerCase() : text);
  const found = lines.filter((line) => contains(fold(line), fold(pattern)) !== flags.includes('v'));
  return flags.includes('c') ? [String(found.length)] : found;
}

/** Anchors and plain text: what scripts in manifests look for. */
function contains(line: string, pattern: string): boolean {
  const text = pattern.replace(/^\^/, '').replace(/\$$/, '');
  if (pattern.startsWith('^') && pattern.endsWith('$')) return line === text;
  if (pattern.startsWith('^')) return line.startsWith(text);
  return pattern.endsWith('$') ? line.endsWith(text) : line.includes(text);
}

const FILTERS = new Map<string, Filter>([
  ['grep', grep],
  ['head', (lines, args) => lines.slice(0, numberAfter(args, 10))],
  ['tail', (lines, args) => lines.slice(-numberAfter(args, 10))],
  ['sort', (lines, args) => (args.includes('-r') ? [...lines].sort().reverse() : [...lines].sort())],
  ['uniq', (lines) => lines.filter((line, i) => line !== lines[i - 1])],
  ['wc', (lines) => [String(lines.length)]],
  ['rev', (lines) => lines.map((line) => [...line].reverse().join(''))],
]);

/** What a pipe makes of the lines before it; a command that is no filter here lets them pass. */
export const filtered = (lines: string[], [name = '', ...args]: readonly string[]): string[] => FILTERS.get(name)?.(lines, args) ?? lines;
