import { type FieldError, invalid } from '../../field.ts';
import type { Level, Standard } from './levels.ts';

export type Mode = 'enforce' | 'audit' | 'warn';

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];
const LEVEL_PROBLEM = 'must be one of privileged, baseline, restricted';
const VERSION_PROBLEM = 'must be "latest" or "v1.x"';

const isVersion = (text: string): boolean => text === 'latest' || /^v1\.([0-9]|[1-9][0-9]*)$/.test(text);

const levelOf = (text: string | undefined): Level => (text === undefined ? 'privileged' : LEVELS.includes(text) ? (text as Level) : 'restricted');

const asked = (labels: Readonly<Record<string, string>> | undefined, mode: Mode): Standard => {
  const version = labels?.[`${PREFIX}${mode}-version`] ?? 'latest';
  return { level: levelOf(labels?.[PREFIX + mode]), version: isVersion(version) ? version : 'latest' };
};

/**
 * The standard that a namespace's labels ask for in a mode. A level that nobody understands is the strictest, and who asks for no warnings
 * is warned about what is enforced. Models PolicyToEvaluate in k8s.io/pod-security-admission/api/helpers.go.
 */
export function standardOf(labels: Readonly<Record<string, string>> | undefined, mode: Mode): Standard {
  const standard = asked(labels, mode);
  if (mode === 'enforce' || labels?.[PREFIX + mode] !== undefined) return standard;
  const enforced = asked(labels, 'enforce');
  return { level: enforced.level, version: labels?.[`${PREFIX}${mode}-version`] === undefined ? enforced.version : standard.version };
}

/** Everything that is wrong with the labels. */
export function policyErrors(labels: Readonly<Record<string, string>> | undefined): FieldError[] {
  const modes: readonly Mode[] = ['enforce', 'audit', 'warn'];
  return modes.flatMap((mode) => {
    const [level, version] = [labels?.[PREFIX + mode], labels?.[`${PREFIX}${mode}-version`]];
    return [
      ...(level !== undefined && !LEVELS.includes(level) ? [invalid(`metadata.labels[${PREFIX}${mode}]`, level, LEVEL_PROBLEM)] : []),
      ...(version !== undefined && !isVersion(version) ? [invalid(`metadata.labels[${PREFIX}${mode}-version]`, version, VERSION_PROBLEM)] : []),
    ];
  });
}

export const strictness = (level: Level): number => LEVELS.indexOf(level);
