/** Unapplied text survives a reload; one draft per cluster and source. */
const prefix = 'vivakube.draft.';

export function draftKey(cluster: string, source: string): string {
  return `${prefix}${cluster}.${source}`;
}

export function readDraft(key: string): string | undefined {
  return localStorage.getItem(key) ?? undefined;
}

export function writeDraft(key: string, text: string | undefined): void {
  if (text === undefined) localStorage.removeItem(key);
  else localStorage.setItem(key, text);
}
