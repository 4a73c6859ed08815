import { type Cidr, type Family, hasBitsBeyond, hasLeadingZero, isMapped, parseCidr, parseIp } from './ip.ts';

// Models GetWarningsForIP and GetWarningsForCIDR in k8s.io/apimachinery/pkg/util/validation/ip.go.

type Address = { family: Family; parts: number[] };

/** Addresses in forms that other programs read differently, or that are not the usual ones. */
export function ipWarnings(value: string, path: string): string[] {
  const ip = parseIp(value);
  if (!ip) return [];
  if (hasLeadingZero(value) || isMapped(ip))
    return [
      `${path}: non-standard IP address ${quoted(value)} will be considered invalid in a future Kubernetes release: use ${quoted(preferred(ip))}`,
    ];
  if (ip.family === 4 || canonical(ip) === value) return [];
  return [`${path}: IPv6 address ${quoted(value)} should be in RFC 5952 canonical format (${quoted(canonical(ip))})`];
}

export function cidrWarnings(value: string, path: string): string[] {
  const cidr = parseCidr(value);
  if (!cidr) return [];
  const network = `${preferred(masked(cidr))}/${cidr.prefixBits}`;
  const warnings: string[] = [];
  if (hasBitsBeyond(cidr)) {
    const single = `${preferred(cidr)}/${cidr.family === 4 ? 32 : 128}`;
    warnings.push(`${path}: CIDR value ${quoted(value)} is ambiguous in this context (should be ${quoted(network)} or ${quoted(single)}?)`);
  }
  const [address, bits] = value.split('/') as [string, string];
  if (hasLeadingZero(address) || /^0\d/.test(bits) || isMapped(cidr))
    warnings.push(
      `${path}: non-standard CIDR value ${quoted(value)} will be considered invalid in a future Kubernetes release: use ${quoted(network)}`,
    );
  const usual = `${canonical(cidr)}/${cidr.prefixBits}`;
  if (warnings.length > 0 || cidr.family === 4 || usual === value) return warnings;
  return [`${path}: IPv6 CIDR value ${quoted(value)} should be in RFC 5952 canonical format (${quoted(usual)})`];
}

const quoted = (text: string): string => JSON.stringify(text);

/** As Go prints a net.IP: what is mapped is IPv4. */
const preferred = (ip: Address): string =>
  isMapped(ip)
    ? ip.parts
        .slice(6)
        .flatMap((part) => [part >> 8, part & 255])
        .join('.')
    : canonical(ip);

function masked({ family, parts, prefixBits }: Cidr): Address {
  const width = family === 4 ? 8 : 16;
  return { family, parts: parts.map((part, i) => part - (part & (2 ** Math.min(width, Math.max(0, (i + 1) * width - prefixBits)) - 1))) };
}

/** RFC 5952: the longest run of zeros, the first of several, is left out. */
function canonical({ family, parts }: Address): string {
  if (family === 4) return parts.join('.');
  let [from, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    const run = parts.slice(i).findIndex((part) => part !== 0);
    const zeros = run < 0 ? 8 - i : run;
    if (zeros > length) [from, length] = [i, zeros];
  }
  const hex = (words: number[]): string => words.map((part) => part.toString(16)).join(':');
  return from < 0 ? hex(parts) : `${hex(parts.slice(0, from))}::${hex(parts.slice(from + length))}`;
}
