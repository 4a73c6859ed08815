import { type Instant, toRfc3339Micro } from '../../core/instant.ts';
import type { ContainerLine, Log } from '../../kubelet/logs.ts';
import type { LogOptions } from './log-options.ts';

/** How far somebody who follows a log has read. */
export interface Cursor {
  containerId: string;
  at: Instant;
  /** What is left of the bytes that were asked for. */
  leftBytes?: number;
}

export const cursorFrom = (text: string): Cursor => JSON.parse(text) as Cursor;

/** The lines that are wanted, from the beginning or from where the last part ended. */
export function textOf(log: Log, options: LogOptions, now: Instant, cursor: Cursor | undefined): { text: string; leftBytes?: number } {
  const lines = cursor ? log.lines.filter((line) => line.at > cursor.at) : wanted(log.lines, options, now);
  const text = lines.map((line) => `${options.timestamps ? stamp(line.at) : ''}${line.text}\n`).join('');
  const limit = cursor ? cursor.leftBytes : options.limitBytes;
  if (limit === undefined) return { text };
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= limit) return { text, leftBytes: limit - bytes.length };
  return { text: new TextDecoder().decode(bytes.subarray(0, limit)), leftBytes: 0 };
}

function wanted(lines: readonly ContainerLine[], { sinceSeconds, sinceTime, tailLines }: LogOptions, now: Instant): readonly ContainerLine[] {
  const since = sinceSeconds === undefined ? sinceTime : now - sinceSeconds * 1000;
  const recent = since === undefined ? lines : lines.filter((line) => line.at >= since);
  if (tailLines === undefined) return recent;
  return tailLines === 0 ? [] : recent.slice(-tailLines);
}

const stamp = (at: Instant): string => `${toRfc3339Micro(at).replace('Z', '000Z')} `;
