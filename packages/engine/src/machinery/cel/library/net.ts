import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { Opaque, type Value } from '../values.ts';

const IP = 'net.IP';
const CIDR = 'net.CIDR';

interface Address {
  bits: 32 | 128;
  value: bigint;
}
interface Range extends Address {
  prefix: number;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((all, part) => all * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const words = groups.flat();
  if (!words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word))) return undefined;
  const missing = 8 - words.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = halves.length === 2 ? [...(groups[0] as string[]), ...new Array(missing).fill('0'), ...(groups[1] as string[])] : words;
  return all.reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}

function attemptIp(text: string): Address | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { bits: 32, value: v4 };
  const v6 = text.includes(':') ? parseV6(text) : undefined;
  return v6 === undefined ? undefined : { bits: 128, value: v6 };
}

function attemptCidr(text: string): Range | undefined {
  const [ip = '', bits = '', ...more] = text.split('/');
  const address = attemptIp(ip);
  if (!address || more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > address.bits) return undefined;
  return { ...address, prefix: Number(bits) };
}

function textOf({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const words = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const zeros = [...words.join(':').matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (!zeros) return words.join(':');
  const joined = words.join(':');
  return `${joined.slice(0, zeros.index).replace(/:$/, '')}::${joined.slice((zeros.index as number) + zeros[0].length).replace(/^:/, '')}`;
}

const wrapIp = (address: Address): Opaque => new Opaque(IP, textOf(address), address);
const wrapCidr = (range: Range): Opaque => new Opaque(CIDR, `${textOf(range)}/${range.prefix}`, range);
const ipOf = ({ data }: Opaque): Address => data as Address;
const cidrOf = ({ data }: Opaque): Range => data as Range;

function ip(text: string): Opaque {
  const found = attemptIp(text);
  if (!found)
    throw new CelError(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): unable to parse IP`,
    );
  return wrapIp(found);
}

function cidr(text: string): Opaque {
  const found = attemptCidr(text);
  if (!found) throw new CelError(`network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)}): no '/'`);
  return wrapCidr(found);
}

const network = ({ bits, value, prefix }: Range): bigint => {
  const hosts = BigInt(bits - prefix);
  return (value >> hosts) << hosts;
};

const inside = (range: Range, address: Address): boolean =>
  range.bits === address.bits && network(range) === network({ ...address, prefix: range.prefix });

const under = (address: Address, text: string): boolean => inside(attemptCidr(text) as Range, address);
const anyOf = (address: Address, v4: string, v6: string): boolean => under(address, address.bits === 32 ? v4 : v6);

type One = readonly [Opaque];
type Text = readonly [string];
const question =
  (ask: (address: Address) => boolean) =>
  ([value]: One): Value =>
    ask(ipOf(value));

/** Models k8s.io/apiserver/pkg/cel/library/ip.go and cidr.go. */
export const NET: Library = {
  [`ip(string): ${IP}`]: ([text]: Text) => ip(text),
  'isIP(string): bool': ([text]: Text) => attemptIp(text) !== undefined,
  'ip.isCanonical(string): bool': ([text]: Text) => ip(text).text === text,
  [`string(${IP}): string`]: ([value]: One) => value.text,
  [`${IP}.family(): int`]: ([value]: One) => (ipOf(value).bits === 32 ? 4n : 6n),
  [`${IP}.isUnspecified(): bool`]: question(({ value }) => value === 0n),
  [`${IP}.isLoopback(): bool`]: question((address) => anyOf(address, '127.0.0.0/8', '::1/128')),
  [`${IP}.isLinkLocalMulticast(): bool`]: question((address) => anyOf(address, '224.0.0.0/24', 'ff02::/16')),
  [`${IP}.isLinkLocalUnicast(): bool`]: question((address) => anyOf(address, '169.254.0.0/16', 'fe80::/10')),
  [`${IP}.isGlobalUnicast(): bool`]: question(
    (a) =>
      a.value !== 0n &&
      !anyOf(a, '127.0.0.0/8', '::1/128') &&
      !anyOf(a, '224.0.0.0/4', 'ff00::/8') &&
      !anyOf(a, '169.254.0.0/16', 'fe80::/10') &&
      !(a.bits === 32 && a.value === 0xffffffffn),
  ),
  [`cidr(string): ${CIDR}`]: ([text]: Text) => cidr(text),
  'isCIDR(string): bool': ([text]: Text) => attemptCidr(text) !== undefined,
  [`string(${CIDR}): string`]: ([value]: One) => value.text,
  [`${CIDR}.containsIP(${IP}): bool`]: ([range, address]: readonly [Opaque, Opaque]) => inside(cidrOf(range), ipOf(address)),
  [`${CIDR}.containsIP(string): bool`]: ([range, text]: readonly [Opaque, string]) => inside(cidrOf(range), ipOf(ip(text))),
  [`${CIDR}.containsCIDR(${CIDR}): bool`]: ([a, b]: readonly [Opaque, Opaque]) =>
    cidrOf(a).prefix <= cidrOf(b).prefix && inside(cidrOf(a), cidrOf(b)),
  [`${CIDR}.containsCIDR(string): bool`]: ([a, text]: readonly [Opaque, string]) => {
    const b = cidrOf(cidr(text));
    return cidrOf(a).prefix <= b.prefix && inside(cidrOf(a), b);
  },
  [`${CIDR}.ip(): ${IP}`]: ([value]: One) => wrapIp({ bits: cidrOf(value).bits, value: cidrOf(value).value }),
  [`${CIDR}.masked(): ${CIDR}`]: ([value]: One) => wrapCidr({ ...cidrOf(value), value: network(cidrOf(value)) }),
  [`${CIDR}.prefixLength(): int`]: ([value]: One) => BigInt(cidrOf(value).prefix),
};
