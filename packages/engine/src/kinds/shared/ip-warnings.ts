import { type Address, type Cidr, canonicalIp, hasBitsBeyond, hasLeadingZero, isMapped, parseCidr, parseIp } from './ip.ts';

// Models GetWarningsForIP and GetWarningsForCIDR in k8s.io/apimachinery/pkg/util/validation/ip.go.

/** Addresses in forms that other programs read differently, or that are not the usual ones. */
export function ipWarnings(value: string, path: string): string[] {
  const ip = parseIp(value);
  if (!ip) return [];
  if (hasLeadingZero(value) || isMapped(ip))
    return [
      `${path}: non-standard IP address ${quoted(value)} will be considered invalid in a future Kubernetes release: use ${quoted(preferred(ip))}`,
    ];
  if (ip.family === 4 || canonicalIp(ip) === value) return [];
  return [`${path}: IPv6 address ${quoted(value)} should be in RFC 5952 canonical format (${quoted(canonicalIp(ip))})`];
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
  const usual = `${canonicalIp(cidr)}/${cidr.prefixBits}`;
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
    : canonicalIp(ip);

function masked({ family, parts, prefixBits }: Cidr): Address {
  const width = family === 4 ? 8 : 16;
  return { family, parts: parts.map((part, i) => part - (part & (2 ** Math.min(width, Math.max(0, (i + 1) * width - prefixBits)) - 1))) };
}
