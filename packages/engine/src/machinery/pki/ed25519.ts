import { toBigInt } from './der.ts';
import { sha512 } from './sha512.ts';

/** Verification of RFC 8032. */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

type Extended = readonly [x: bigint, y: bigint, z: bigint, t: bigint];

const mod = (value: bigint, by = P): bigint => {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
};

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = mod(result * result);
    if (bit === '1') result = mod(result * base);
  }
  return result;
}

const invert = (value: bigint): bigint => power(value, P - 2n);
const D = mod(-121665n * invert(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

function add([x1, y1, z1, t1]: Extended, [x2, y2, z2, t2]: Extended): Extended {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(point: Extended, scalar: bigint): Extended {
  let sum: Extended = [0n, 1n, 1n, 0n];
  for (const bit of scalar.toString(2)) {
    sum = add(sum, sum);
    if (bit === '1') sum = add(sum, point);
  }
  return sum;
}

const littleEndian = (bytes: Uint8Array): bigint => toBigInt(Uint8Array.from(bytes).reverse());

/** The x of a point, whose encoding holds y and one bit. */
function recover(y: bigint, odd: bigint): bigint | undefined {
  const square = mod((y * y - 1n) * invert(mod(D * y * y + 1n)));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(x * x - square) !== 0n || (x === 0n && odd === 1n)) return undefined;
  return (x & 1n) === odd ? x : P - x;
}

function decode(bytes: Uint8Array): Extended | undefined {
  const value = littleEndian(bytes);
  const [y, odd] = [value & (2n ** 255n - 1n), value >> 255n];
  const x = y < P ? recover(y, odd) : undefined;
  return x === undefined ? undefined : [x, y, 1n, mod(x * y)];
}

const BASE_Y = mod(4n * invert(5n));
const BASE_X = recover(BASE_Y, 0n) as bigint;
const BASE: Extended = [BASE_X, BASE_Y, 1n, mod(BASE_X * BASE_Y)];

export function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const encodedR = signature.subarray(0, 32);
  const [a, r] = [decode(key), decode(encodedR)];
  const s = littleEndian(signature.subarray(32));
  if (!a || !r || s >= ORDER) return false;
  const hashed = new Uint8Array(64 + message.length);
  hashed.set(encodedR);
  hashed.set(key, 32);
  hashed.set(message, 64);
  const k = mod(littleEndian(sha512(hashed)), ORDER);
  const [left, right] = [times(BASE, s), add(r, times(a, k))];
  return mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n;
}
