/** FIPS 180-4, the functions of 64-bit words. Rare enough that plain arithmetic on big integers will do. */
const MASK = (1n << 64n) - 1n;
const ROUNDS = 80;
const BLOCK_BYTES = 128;

/** The first 64 bits of the fractional part of a prime's root. */
function rootFraction(prime: number, degree: 2n | 3n): bigint {
  const scaled = BigInt(prime) << (64n * degree);
  let [low, high] = [0n, 1n << 70n];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle - 1n;
  }
  return low & MASK;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

let constants: { k: bigint[]; h512: bigint[]; h384: bigint[] } | undefined;

function known(): NonNullable<typeof constants> {
  if (constants) return constants;
  const all = primes(ROUNDS);
  constants = {
    k: all.map((prime) => rootFraction(prime, 3n)),
    h512: all.slice(0, 8).map((prime) => rootFraction(prime, 2n)),
    h384: all.slice(8, 16).map((prime) => rootFraction(prime, 2n)),
  };
  return constants;
}

const rotate = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (64n - by))) & MASK;

function schedule(view: DataView, offset: number): bigint[] {
  const words = Array.from({ length: 16 }, (_, i) => view.getBigUint64(offset + i * 8));
  for (let i = 16; i < ROUNDS; i++) {
    const [w15, w2] = [words[i - 15] as bigint, words[i - 2] as bigint];
    const s0 = rotate(w15, 1n) ^ rotate(w15, 8n) ^ (w15 >> 7n);
    const s1 = rotate(w2, 19n) ^ rotate(w2, 61n) ^ (w2 >> 6n);
    words.push(((words[i - 16] as bigint) + s0 + (words[i - 7] as bigint) + s1) & MASK);
  }
  return words;
}

function compress(state: readonly bigint[], words: readonly bigint[], k: readonly bigint[]): bigint[] {
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let i = 0; i < ROUNDS; i++) {
    const t1 = h + (rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)) + ((e & f) ^ (~e & MASK & g)) + (k[i] as bigint) + (words[i] as bigint);
    const t2 = (rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + (state[i] as bigint)) & MASK);
}

function digest(message: Uint8Array, start: readonly bigint[], bytes: number): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 17) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  let state = [...start];
  for (let offset = 0; offset < padded.length; offset += BLOCK_BYTES) state = compress(state, schedule(view, offset), known().k);
  const out = new DataView(new ArrayBuffer(64));
  for (const [i, word] of state.entries()) out.setBigUint64(i * 8, word);
  return new Uint8Array(out.buffer, 0, bytes);
}

export const sha512 = (message: Uint8Array): Uint8Array => digest(message, known().h512, 64);
export const sha384 = (message: Uint8Array): Uint8Array => digest(message, known().h384, 48);
