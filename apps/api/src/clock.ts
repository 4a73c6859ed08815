/** The one place that knows what time it is. */
export interface Clock {
  /** Milliseconds since the epoch; never runs backwards within a process. */
  now(): number;
}

export function wallClock(): Clock {
  let latest = 0;
  return {
    now: () => {
      latest = Math.max(latest, Date.now());
      return latest;
    },
  };
}
