import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { ipFamily, validateIp } from '../../shared/ip.ts';
import { HEADLESS, isHeadless } from './facts.ts';

const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const PATH = 'spec.clusterIPs';

function validatePair(clusterIp: string | undefined, ips: string[]): FieldError[] {
  if (clusterIp) {
    if (ips.length === 0) return [required(PATH)];
    return ips[0] === clusterIp ? [] : [invalid(PATH, ips, 'first value must match `clusterIP`')];
  }
  return ips.length > 0 ? [invalid(PATH, ips, 'must be empty when `clusterIP` is not specified')] : [];
}

function validateFamilies(families: string[]): FieldError[] {
  const seen = new Set<string>();
  return families.flatMap((family, i) => {
    const at = `spec.ipFamilies[${i}]`;
    const errors = FAMILIES.includes(family) ? [] : [notSupported(at, family, FAMILIES)];
    if (seen.has(family)) errors.push(duplicate(at, family));
    seen.add(family);
    return errors;
  });
}

function validateValues(ips: string[], existing: string[]): FieldError[] {
  return ips.flatMap((ip, i) => {
    if (i > 0 || ip !== HEADLESS) return existing.includes(ip) ? [] : validateIp(ip, `${PATH}[${i}]`);
    return ips.length > 1 ? [invalid(PATH, ips, "'None' must be the first and only value")] : [];
  });
}

function validateAgainstFamilies(ips: string[], families: string[]): FieldError[] {
  return ips.flatMap((ip, i) => {
    const family = families[i];
    if (family === undefined || family === `IPv${ipFamily(ip)}`) return [];
    return [invalid(`${PATH}[${i}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``)];
  });
}

/** Models ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation/validation.go. */
export function validateClusterIps(spec: Part, old?: Part): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const ips: string[] = spec.clusterIPs ?? [];
  const families: string[] = spec.ipFamilies ?? [];
  const errors = [...validatePair(spec.clusterIP, ips), ...validateFamilies(families)];
  if (spec.ipFamilyPolicy !== undefined && !POLICIES.includes(spec.ipFamilyPolicy)) {
    errors.push(notSupported('spec.ipFamilyPolicy', spec.ipFamilyPolicy, POLICIES));
  }
  const bad = validateValues(ips, old?.clusterIPs ?? []);
  errors.push(...bad);
  if (ips.length > 2) errors.push(invalid(PATH, ips, 'may only hold up to 2 values'));
  if (bad.length > 0) return errors;
  if (ips.length > 1 && new Set(ips.map(ipFamily)).size < 2) {
    errors.push(invalid(PATH, ips, 'may specify no more than one IP for each IP family'));
  }
  return isHeadless(spec) ? errors : [...errors, ...validateAgainstFamilies(ips, families)];
}

/** Models validateUpgradeDowngradeClusterIPs: the first address stays for life. */
export function validateClusterIpsChange(spec: Part, old: Part): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return [];
  if (isHeadless(spec) && isHeadless(old)) return [];
  const [now, before]: string[][] = [spec.clusterIPs ?? [], old.clusterIPs ?? []] as [string[], string[]];
  if ((now as string[]).length === (before as string[]).length) {
    return (before as string[]).flatMap((ip, i) => (ip === now?.[i] ? [] : [invalid(`${PATH}[${i}]`, now, 'may not change once set')]));
  }
  const errors: FieldError[] = [];
  const at = `${PATH}[0]`;
  if (now?.length === 0) errors.push(invalid(at, now, 'primary clusterIP can not be unset'));
  else if (before?.length && now?.[0] !== before[0]) errors.push(invalid(at, now, 'may not change once set'));
  if ((before?.length ?? 0) > 1 && now?.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP"));
  }
  return errors;
}

/** Models validateUpgradeDowngradeIPFamilies. */
export function validateFamiliesChange(spec: Part, old: Part): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName' || isHeadless(spec) || isHeadless(old)) return [];
  const now: string[] = spec.ipFamilies ?? [];
  const before: string[] = old.ipFamilies ?? [];
  const changed = before.length > 0 && now.length > 0 && now[0] !== before[0];
  return changed ? [invalid('spec.ipFamilies[0]', now, 'may not change once set')] : [];
}
