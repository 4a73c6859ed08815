/**
 * The same text in one piece. A text put together from others is kept as a tree of its pieces until somebody reads it, and every
 * collection of garbage walks that tree: what is put together once and kept for long is better made whole at once.
 */
export const whole = (text: string): string => (text.charCodeAt(0) === 0 ? text.slice(0) : text);

const NEEDS_ESCAPE = /[^ !#-[\]-~]/;

/** Text as JSON; nearly all of it needs no escape. */
export const quoted = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`);
