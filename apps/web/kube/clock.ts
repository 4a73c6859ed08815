/** How far the server's clock is from ours; ages are shown in the server's time. */
let skewMs = 0;
const toleratedMs = 2_000;

export function noteServerDate(header: string | null): void {
  if (!header) return;
  const skew = Date.parse(header) - Date.now();
  skewMs = Number.isFinite(skew) && Math.abs(skew) > toleratedMs ? skew : 0;
}

export function serverNow(): number {
  return Date.now() + skewMs;
}

type Listener = () => void;
const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = 0;

/** One ticker for every age on the page; it stops when nobody shows one. */
export function subscribeToSeconds(listener: Listener): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    second = Math.floor(serverNow() / 1000);
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

export function currentSecond(): number {
  if (second === 0 || timer === undefined) second = Math.floor(serverNow() / 1000);
  return second;
}

/** Models k8s.io/apimachinery/pkg/util/duration.HumanDuration, so that ages read as in kubectl. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return minutes * 60 === seconds ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`;
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  if (days < 365 * 8) return days % 365 === 0 ? `${years}y` : `${years}y${days % 365}d`;
  return `${years}y`;
}
