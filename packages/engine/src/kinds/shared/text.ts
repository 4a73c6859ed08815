// Models the message helpers of k8s.io/apimachinery/pkg/util/validation and pkg/api/validate/content.
/** Limits on the wire count UTF-8 bytes, not UTF-16 units. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of the four bytes.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

export const EMPTY_ERROR = 'must be non-empty';

export const maxLengthError = (maxBytes: number): string => `must be no more than ${maxBytes} bytes`;

export const inclusiveRangeError = (low: number, high: number): string => `must be between ${low} and ${high}, inclusive`;

/** A message with its examples and the pattern, punctuated as Go prints it. */
export function regexError(message: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  return `${message} (e.g. ${examples.map((e) => `'${e}', `).join(' or ')}regex used for validation is '${pattern}')`;
}

/** A pattern that must cover the whole text. `$` alone would let a trailing newline through in Go, not here. */
export const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

export interface TextRule {
  pattern: string;
  regex: RegExp;
  message: string;
}

export function textRule(message: string, pattern: string, ...examples: string[]): TextRule {
  return {
    pattern,
    regex: whole(pattern),
    message: regexError(message, pattern, ...examples),
  };
}

/** Length first, then shape: the order in which upstream lists them. */
export function checkText(value: string, rule: TextRule, maxBytes?: number): string[] {
  const messages: string[] = [];
  if (maxBytes !== undefined && byteLength(value) > maxBytes) messages.push(maxLengthError(maxBytes));
  if (!rule.regex.test(value)) messages.push(rule.message);
  return messages;
}
