/** Prime curves of FIPS 186-5 (y² = x³ - 3x + b), in Jacobian coordinates. */
export interface Curve {
  bytes: number;
  p: bigint;
  n: bigint;
  b: bigint;
  gx: bigint;
  gy: bigint;
}

export type Point = readonly [x: bigint, y: bigint];
type Jacobian = readonly [x: bigint, y: bigint, z: bigint];

const INFINITY: Jacobian = [1n, 1n, 0n];

const mod = (value: bigint, by: bigint): bigint => {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
};

export function inverse(value: bigint, by: bigint): bigint {
  let [r0, r1, t0, t1] = [by, mod(value, by), 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return mod(t0, by);
}

function double({ p }: Curve, [x, y, z]: Jacobian): Jacobian {
  if (z === 0n || y === 0n) return INFINITY;
  const delta = mod(z * z, p);
  const gamma = mod(y * y, p);
  const beta = mod(x * gamma, p);
  const alpha = mod(3n * (x - delta) * (x + delta), p);
  const x3 = mod(alpha * alpha - 8n * beta, p);
  return [x3, mod(alpha * (4n * beta - x3) - 8n * gamma * gamma, p), mod(2n * y * z, p)];
}

function add(curve: Curve, first: Jacobian, second: Jacobian): Jacobian {
  const [x1, y1, z1] = first;
  const [x2, y2, z2] = second;
  if (z1 === 0n) return second;
  if (z2 === 0n) return first;
  const { p } = curve;
  const [zz1, zz2] = [mod(z1 * z1, p), mod(z2 * z2, p)];
  const [u1, u2] = [mod(x1 * zz2, p), mod(x2 * zz1, p)];
  const [s1, s2] = [mod(y1 * zz2 * z2, p), mod(y2 * zz1 * z1, p)];
  if (u1 === u2) return s1 === s2 ? double(curve, first) : INFINITY;
  const h = mod(u2 - u1, p);
  const r = mod(s2 - s1, p);
  const hh = mod(h * h, p);
  const hhh = mod(h * hh, p);
  const v = mod(u1 * hh, p);
  const x3 = mod(r * r - hhh - 2n * v, p);
  return [x3, mod(r * (v - x3) - s1 * hhh, p), mod(h * z1 * z2, p)];
}

function times(curve: Curve, [x, y]: Point, scalar: bigint): Jacobian {
  let sum = INFINITY;
  const point: Jacobian = [x, y, 1n];
  for (const bit of scalar.toString(2)) {
    sum = double(curve, sum);
    if (bit === '1') sum = add(curve, sum, point);
  }
  return sum;
}

function affine({ p }: Curve, [x, y, z]: Jacobian): Point | undefined {
  if (z === 0n) return undefined;
  const one = inverse(z, p);
  return [mod(x * one * one, p), mod(y * one * one * one, p)];
}

export const onCurve = ({ p, b }: Curve, [x, y]: Point): boolean => x < p && y < p && mod(y * y - (x * x * x - 3n * x + b), p) === 0n;

/** scalar · G; undefined for infinity. */
export const multiply = (curve: Curve, scalar: bigint): Point | undefined => affine(curve, times(curve, [curve.gx, curve.gy], scalar));

/** a · G + b · Q; undefined for infinity. */
export const combine = (curve: Curve, a: bigint, b: bigint, q: Point): Point | undefined =>
  affine(curve, add(curve, times(curve, [curve.gx, curve.gy], a), times(curve, q, b)));

export const P256: Curve = {
  bytes: 32,
  p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

export const P384: Curve = {
  bytes: 48,
  p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
  gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
};

export const P521: Curve = {
  bytes: 66,
  p: 2n ** 521n - 1n,
  n: 0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  gx: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
  gy: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
};
