import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateDnsLabel, validateDnsSubdomain } from '../fields.ts';
import { goStruct } from '../go/show.ts';
import { validateIp } from '../ip.ts';
import { isDns1123SubdomainWithUnderscore } from '../names.ts';
import { byteLength } from '../text.ts';

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
// Limits of resolv.conf in Linux's libc.
const NAMESERVERS_MAX = 3;
const SEARCHES_MAX = 32;
const SEARCH_LIST_CHARACTERS_MAX = 2048;

export function validateDnsPolicy(policy: string | undefined, path: string): FieldError[] {
  if (!policy) return [required(path)];
  return DNS_POLICIES.includes(policy) ? [] : [notSupported(path, policy, DNS_POLICIES)];
}

/** Models validatePodDNSConfig. */
export function validateDnsConfig(config: Part | undefined, policy: string | undefined, path: string): FieldError[] {
  if (policy === 'None' && !config) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  if (!config) return [];
  const nameservers: string[] = config.nameservers ?? [];
  const searches: string[] = config.searches ?? [];
  const options: Part[] = config.options ?? [];
  if (policy === 'None' && nameservers.length === 0) {
    return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  }
  const errors: FieldError[] = [];
  if (nameservers.length > NAMESERVERS_MAX) {
    errors.push(invalid(`${path}.nameservers`, nameservers, `must not have more than ${NAMESERVERS_MAX} nameservers`));
  }
  for (const [i, ip] of nameservers.entries()) errors.push(...validateIp(ip, `${path}.nameservers[${i}]`));
  errors.push(...validateSearches(searches, `${path}.searches`));
  for (const [i, option] of options.entries()) if (!option.name) errors.push(required(`${path}.options[${i}]`, 'must not be empty'));
  return errors;
}

function validateSearches(searches: string[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (searches.length > SEARCHES_MAX) errors.push(invalid(path, searches, `must not have more than ${SEARCHES_MAX} search paths`));
  if (byteLength(searches.join(' ')) > SEARCH_LIST_CHARACTERS_MAX) {
    errors.push(invalid(path, searches, `must not have more than ${SEARCH_LIST_CHARACTERS_MAX} characters (including spaces) in the search list`));
  }
  for (const [i, search] of searches.entries()) {
    if (search === '.') continue;
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    errors.push(...eachInvalid(`${path}[${i}]`, name, isDns1123SubdomainWithUnderscore(name)));
  }
  return errors;
}

export const validateHostAliases = (aliases: Part[] | undefined, path: string): FieldError[] =>
  (aliases ?? []).flatMap((alias, i) => [
    ...validateIp(alias.ip ?? '', `${path}[${i}].ip`),
    ...((alias.hostnames ?? []) as string[]).flatMap((name, j) => validateDnsSubdomain(name, `${path}[${i}].hostnames[${j}]`)),
  ]);

const HOSTNAME_BYTES_MAX = 64;

/** A name of the pod's own choice inside its containers. Models validatePodHostName. */
export function validateHostnameOverride(spec: Part, path: string): FieldError[] {
  const override: string | undefined = spec.hostnameOverride;
  if (override === undefined) return [];
  const errors: FieldError[] = [];
  if (spec.setHostnameAsFQDN) errors.push(forbiddenField(path, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork) errors.push(forbiddenField(path, 'may not be specified when hostNetwork is true'));
  if (byteLength(override) > HOSTNAME_BYTES_MAX) errors.push(tooLong(path, HOSTNAME_BYTES_MAX));
  return [...errors, ...validateDnsSubdomain(override, path)];
}

/** The pod's own name in DNS. */
export function validateHostnames(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.hostname) errors.push(...validateDnsLabel(spec.hostname, `${path}.hostname`));
  if (spec.subdomain) errors.push(...validateDnsLabel(spec.subdomain, `${path}.subdomain`));
  return errors;
}

/** Dynamic resource allocation: the claims that containers may refer to. Models validatePodResourceClaims. */
export function validateResourceClaims(claims: Part[] | undefined, path: string): FieldError[] {
  const names = new Set<string>();
  return (claims ?? []).flatMap((claim, i) => {
    const at = `${path}[${i}]`;
    const { name, resourceClaimName: existing, resourceClaimTemplateName: template } = claim;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(`${at}.name`));
    else if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    else errors.push(...validateDnsLabel(name, `${at}.name`));
    names.add(name);
    if (existing !== undefined && template !== undefined) {
      errors.push(
        invalid(at, goStruct('PodResourceClaim', claim), 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'),
      );
    }
    if (existing === undefined && template === undefined) {
      errors.push(invalid(at, goStruct('PodResourceClaim', claim), 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'));
    }
    if (existing !== undefined) errors.push(...validateDnsSubdomain(existing, `${at}.resourceClaimName`));
    if (template !== undefined) errors.push(...validateDnsSubdomain(template, `${at}.resourceClaimTemplateName`));
    return errors;
  });
}
