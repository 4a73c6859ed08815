/** Writes the protobuf wire format: https://protobuf.dev/programming-guides/encoding */
export class WireWriter {
  private bytes = new Uint8Array(256);
  private length = 0;

  /** What was written. */
  done(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  integer(number: number, value: number | bigint): void {
    this.tag(number, 0);
    this.varint(BigInt.asUintN(64, BigInt(value)));
  }

  boolean(number: number, value: boolean): void {
    this.integer(number, value ? 1 : 0);
  }

  double(number: number, value: number): void {
    this.tag(number, 1);
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  string(number: number, value: string): void {
    this.chunk(number, new TextEncoder().encode(value));
  }

  chunk(number: number, value: Uint8Array): void {
    this.tag(number, 2);
    this.varint(BigInt(value.length));
    this.raw(value);
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
  }

  private tag(number: number, wire: number): void {
    this.varint(BigInt((number << 3) | wire));
  }

  private varint(value: bigint): void {
    this.reserve(10);
    let rest = value;
    while (rest >= 0x80n) {
      this.bytes[this.length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.bytes[this.length++] = Number(rest);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.done());
    this.bytes = grown;
  }
}
