/** ITU-T X.690: as much of the distinguished encoding as certificates use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

export class DerError extends Error {}

/** One value: its tag, what is in it, and the bytes of both. */
export class Der {
  constructor(
    readonly tag: number,
    readonly content: Uint8Array,
    readonly raw: Uint8Array,
  ) {}

  /** What a constructed value is made of. */
  children(): Der[] {
    const out: Der[] = [];
    for (let at = 0; at < this.content.length; ) {
      const child = readDer(this.content, at);
      out.push(child);
      at += child.raw.length;
    }
    return out;
  }

  is(tag: number): this {
    if (this.tag !== tag) throw new DerError(`asn1: structure error: tags don't match (${tag & 0x1f} vs ${this.tag & 0x1f})`);
    return this;
  }

  oid(): string {
    const { content } = this.is(TAG.oid);
    const arcs: number[] = [];
    let arc = 0;
    for (const byte of content) {
      arc = arc * 128 + (byte & 0x7f);
      if (byte & 0x80) continue;
      arcs.push(arc);
      arc = 0;
    }
    const [first = 0, ...rest] = arcs;
    const root = Math.min(2, Math.floor(first / 40));
    return [root, first - root * 40, ...rest].join('.');
  }

  integer(): bigint {
    const { content } = this.is(TAG.integer);
    const value = toBigInt(content);
    return (content[0] ?? 0) & 0x80 ? value - (1n << BigInt(content.length * 8)) : value;
  }

  /** The bytes of a bit string that has no unused bits. */
  bits(): Uint8Array {
    return this.is(TAG.bitString).content.subarray(1);
  }

  text(): string {
    if (this.tag !== TAG.bmp) return new TextDecoder().decode(this.content);
    let out = '';
    for (let i = 0; i + 1 < this.content.length; i += 2)
      out += String.fromCharCode(((this.content[i] as number) << 8) | (this.content[i + 1] as number));
    return out;
  }
}

export function readDer(bytes: Uint8Array, at = 0): Der {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined) throw new DerError('asn1: syntax error: sequence truncated');
  if (first === undefined) throw new DerError('asn1: syntax error: data truncated');
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw new DerError('asn1: structure error: length too large');
  const start = at + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : Number(toBigInt(bytes.subarray(at + 2, start)));
  if (start + length > bytes.length) throw new DerError('asn1: syntax error: data truncated');
  return new Der(tag, bytes.subarray(start, start + length), bytes.subarray(at, start + length));
}

export function toBigInt(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}

/** Big-endian, in as many bytes as asked for. */
export function fromBigInt(value: bigint, bytes: number): Uint8Array {
  const hex = value.toString(16).padStart(bytes * 2, '0');
  return Uint8Array.from({ length: bytes }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = joinBytes(parts);
  const { length } = content;
  const width = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x1_0000 ? 2 : 3;
  const head = width === 0 ? [tag, length] : [tag, 0x80 | width, ...fromBigInt(BigInt(length), width)];
  return joinBytes([Uint8Array.from(head), content]);
}

export function derInteger(value: bigint): Uint8Array {
  const bytes = Math.floor(value.toString(2).length / 8) + 1;
  return der(TAG.integer, fromBigInt(value, bytes));
}

export function derOid(oid: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = oid.split('.').map(Number);
  const out: number[] = [];
  for (const arc of [root * 40 + second, ...rest]) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
    out.push(...groups);
  }
  return der(TAG.oid, Uint8Array.from(out));
}

export const derBits = (content: Uint8Array, unused = 0): Uint8Array => der(TAG.bitString, Uint8Array.of(unused), content);
export const derText = (text: string): Uint8Array => der(TAG.utf8, new TextEncoder().encode(text));
