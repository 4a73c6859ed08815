/** pi to a number of significant digits, by Machin's formula in integers. */
export function piDigits(digits: number): string {
  const guard = 10;
  const unit = 10n ** BigInt(digits + guard);
  const arctan = (inverse: bigint): bigint => {
    let power = unit / inverse;
    let sum = power;
    for (let n = 3n, sign = -1n; power > 0n; n += 2n, sign = -sign) {
      power /= inverse * inverse;
      sum += (sign * power) / n;
    }
    return sum;
  };
  const pi = 4n * (4n * arctan(5n) - arctan(239n));
  const text = String(pi).slice(0, digits);
  return `${text[0]}.${text.slice(1)}`;
}
