import { fromCivil, type Instant } from '../../core/instant.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts });
  formats.set(zone, format);
  return format;
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
export function offsetMs(zone: string | undefined, at: Instant): number {
  if (zone === undefined || zone === 'UTC' || zone === 'Etc/UTC') return 0;
  const second = Math.floor(at / 1000) * 1000;
  const field = new Map(
    formatOf(zone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year, month, day, hour, minute, s] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map(
    (name) => field.get(name) as number,
  );
  return fromCivil(year as number, month as number, day as number, hour, minute, s) - second;
}

/** `+02:00`, or `Z`. */
export function offsetText(offset: number, separator: ':' | ''): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${separator}${pad(minutes % 60)}`;
}
