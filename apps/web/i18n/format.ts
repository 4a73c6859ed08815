export type Vars = Record<string, string | number>;

/** `{name}` is replaced; `{count|pod|pods}` picks the first word when count is 1. */
export function format(message: string, vars: Vars = {}): string {
  return message.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = vars[name];
    if (value === undefined) return whole;
    if (one === undefined) return String(value);
    return value === 1 ? one : (many ?? '');
  });
}
