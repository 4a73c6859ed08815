import { type CivilTime, fromCivil, toCivil } from '../../../core/instant.ts';
import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import type { Duration, Timestamp } from '../values.ts';

/** UTC and fixed offsets; the names of zones would need a clock's tables. */
function offsetMs(zone: string): number {
  if (zone === '' || zone === 'UTC' || zone === 'Z') return 0;
  const parts = /^([+-]?)(\d{2}):(\d{2})$/.exec(zone);
  if (!parts) throw new CelError(`unknown time zone ${zone}`);
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * 60_000;
}

const dayOfYear = (at: CivilTime): number => (fromCivil(at.year, at.month, at.day) - fromCivil(at.year, 1, 1)) / 86_400_000;

const GETTERS: Readonly<Record<string, (at: CivilTime) => number>> = {
  getFullYear: (at) => at.year,
  getMonth: (at) => at.month - 1,
  getDate: (at) => at.day,
  getDayOfMonth: (at) => at.day - 1,
  getDayOfWeek: (at) => at.weekday,
  getDayOfYear: dayOfYear,
  getHours: (at) => at.hour,
  getMinutes: (at) => at.minute,
  getSeconds: (at) => at.second,
  getMilliseconds: (at) => at.millisecond,
};

const floorMs = (nanos: bigint): number => Number(nanos >= 0n ? nanos / 1_000_000n : -((-nanos + 999_999n) / 1_000_000n));

const OF_TIMESTAMPS: Library = Object.fromEntries(
  Object.entries(GETTERS).flatMap(([name, get]) => [
    [`timestamp.${name}(): int`, ([at]: readonly Timestamp[]) => BigInt(get(toCivil(floorMs((at as Timestamp).nanos))))],
    [
      `timestamp.${name}(string): int`,
      ([at, zone]: readonly (Timestamp & string)[]) => BigInt(get(toCivil(floorMs((at as Timestamp).nanos) + offsetMs(zone as string)))),
    ],
  ]),
);

const UNITS: readonly [name: string, nanos: bigint][] = [
  ['getHours', 3_600_000_000_000n],
  ['getMinutes', 60_000_000_000n],
  ['getSeconds', 1_000_000_000n],
];

export const TIMES: Library = {
  ...OF_TIMESTAMPS,
  ...Object.fromEntries(UNITS.map(([name, unit]) => [`duration.${name}(): int`, ([d]: readonly Duration[]) => (d as Duration).nanos / unit])),
  'duration.getMilliseconds(): int': ([d]: readonly Duration[]) => ((d as Duration).nanos % 1_000_000_000n) / 1_000_000n,
};
