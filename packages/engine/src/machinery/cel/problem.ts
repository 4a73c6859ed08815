/** A failure while an expression runs, in the words of cel-go: `no such key: x`, `division by zero`. */
export class CelError extends Error {}

/** The expression did more than it may; nothing absorbs this, not even `||`. */
export class CostExceeded extends CelError {
  constructor() {
    super('operation cancelled: actual cost limit exceeded');
  }
}

/** Where in the source something is wrong. */
export interface Issue {
  offset: number;
  text: string;
}

const positionOf = (source: string, offset: number): { line: number; column: number; text: string } => {
  const before = source.slice(0, offset).split('\n');
  const line = before.length;
  return { line, column: (before[line - 1] as string).length, text: source.split('\n')[line - 1] as string };
};

/** One issue after the other as cel-go prints them, with the line and a caret. Models common/error.go. */
export function issuesText(source: string, issues: readonly Issue[]): string {
  return [...issues]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, text }) => {
      const at = positionOf(source, Math.min(offset, source.length));
      return `ERROR: <input>:${at.line}:${at.column + 1}: ${text}\n | ${at.text}\n | ${'.'.repeat(at.column)}^`;
    })
    .join('\n');
}
