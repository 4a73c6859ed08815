import { DecodeError } from '../decode/decodeError.ts';

/** Reads the protobuf wire format: https://protobuf.dev/programming-guides/encoding */
export type WireType = 0 | 1 | 2 | 5;

const END = 'unexpected EOF';
const text = new TextDecoder();

export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  tag(): { number: number; wire: WireType } {
    const tag = Number(this.varint());
    const wire = tag & 7;
    if (wire !== 0 && wire !== 1 && wire !== 2 && wire !== 5) throw new DecodeError(`proto: illegal wireType ${wire}`);
    const number = tag >>> 3;
    if (number <= 0) throw new DecodeError(`proto: illegal tag ${number} (wire type ${wire})`);
    return { number, wire };
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new DecodeError(END);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new DecodeError('proto: integer overflow');
  }

  /** Signed, as int32 and int64 are written. */
  integer(): number {
    return Number(BigInt.asIntN(64, this.varint()));
  }

  chunk(): Uint8Array {
    const length = Number(this.varint());
    const end = this.at + length;
    if (end > this.bytes.length) throw new DecodeError(END);
    const chunk = this.bytes.subarray(this.at, end);
    this.at = end;
    return chunk;
  }

  string(): string {
    return text.decode(this.chunk());
  }

  double(): number {
    const end = this.at + 8;
    if (end > this.bytes.length) throw new DecodeError(END);
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 8).getFloat64(0, true);
    this.at = end;
    return value;
  }

  skip(wire: WireType): void {
    if (wire === 0) this.varint();
    else if (wire === 2) this.chunk();
    else {
      this.at += wire === 1 ? 8 : 4;
      if (this.at > this.bytes.length) throw new DecodeError(END);
    }
  }
}
