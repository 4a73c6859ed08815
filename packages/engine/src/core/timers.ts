import type { Instant } from './instant.ts';

/** Something that happens later: a controller looks at a key again. One timer per controller and key. */
export interface Timer {
  due: Instant;
  controller: string;
  key: string;
}

/** Identity of a timer; a later one under the same identity replaces it. */
export const timerId = (controller: string, key: string): string => `${controller}|${key}`;

/** Keys sort by instant, then by identity, so that firing order never depends on how time was cut. */
export const timerKey = (due: Instant, id: string): string => `${String(due).padStart(15, '0')}|${id}`;

export function timerOf(id: string, due: Instant): Timer {
  const cut = id.indexOf('|');
  return { due, controller: id.slice(0, cut), key: id.slice(cut + 1) };
}
