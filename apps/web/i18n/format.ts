import { particle } from './particle.ts';

export type Vars = Record<string, string | number>;

/** `{name}` is replaced; `{count|pod|pods}` picks the first word when count is 1; `{name~을/를}` adds the Korean particle that fits. */
export function format(message: string, vars: Vars = {}): string {
  return message.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*)|~([^/}]*)\/([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string, closed?: string, open?: string) => {
      const value = vars[name];
      if (value === undefined) return whole;
      if (one !== undefined) return value === 1 ? one : (many ?? '');
      if (closed !== undefined) return String(value) + particle(String(value), closed, open ?? '');
      return String(value);
    },
  );
}
