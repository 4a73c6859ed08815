/** Which tags a repository has. */
export interface TagRules {
  /** Releases as `major.minor` with the highest patch, for example `{ '1.25': 5 }`; null where releases have no patch. */
  releases?: Readonly<Record<string, number | null>>;
  /** Tags that are no releases: latest, stable. */
  aliases?: readonly string[];
  /** What may follow any of them after a dash. */
  variants?: readonly string[];
  /** Tags of their own form. */
  exact?: readonly string[];
  prefix?: string;
}

const RELEASE = /^(\d+)(?:\.(\d+)(?:\.(\d+))?)?$/;

/** Whether a tag exists: `1.25`, `1.25.3-alpine`, `alpine`, `latest`. */
export function hasTag(rules: TagRules, tag: string): boolean {
  if (rules.exact?.includes(tag)) return true;
  if (rules.variants?.includes(tag)) return true;
  if (isBase(rules, tag)) return true;
  for (const variant of rules.variants ?? []) {
    if (tag.endsWith(`-${variant}`) && isBase(rules, tag.slice(0, -variant.length - 1))) return true;
  }
  return false;
}

function isBase(rules: TagRules, tag: string): boolean {
  if (tag === 'latest' || rules.aliases?.includes(tag)) return true;
  const prefix = rules.prefix ?? '';
  const m = tag.startsWith(prefix) ? RELEASE.exec(tag.slice(prefix.length)) : null;
  const releases = rules.releases ?? {};
  if (!m) return false;
  const [, major, minor, patch] = m;
  if (minor === undefined) return Object.hasOwn(releases, major as string) || Object.keys(releases).some((r) => r.startsWith(`${major}.`));
  const release = `${major}.${minor}`;
  if (patch === undefined && Object.hasOwn(releases, major as string)) return Number(minor) <= (releases[major as string] ?? -1);
  if (!Object.hasOwn(releases, release)) return false;
  return patch === undefined || Number(patch) <= (releases[release] ?? -1);
}
