import { type Instant, parseRfc3339 } from '../../core/instant.ts';

/** Models HumanDuration of k8s.io/apimachinery/pkg/util/duration: about two significant units. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return twoUnits(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return twoUnits(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return twoUnits(days, 'd', hours % 24, 'h');
  if (hours < 17_520) return `${days}d`;
  const years = Math.floor(days / 365);
  if (hours < 70_080) return twoUnits(years, 'y', days % 365, 'd');
  return `${years}y`;
}

const twoUnits = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;

/** What an AGE cell shows. */
export function ageSince(timestamp: string | undefined | null, now: Instant): string {
  const at = timestamp ? parseRfc3339(timestamp) : undefined;
  return at === undefined ? '<unknown>' : humanDuration(now - at);
}
