/**
 * Arithmetic on decoded quantities, which are in canonical form already.
 * Models k8s.io/apimachinery/pkg/api/resource: exact, in nano-units.
 */
const NANO = 1_000_000_000n;
const BINARY: Record<string, number> = {
	Ki: 10,
	Mi: 20,
	Gi: 30,
	Ti: 40,
	Pi: 50,
	Ei: 60,
};
const DECIMAL: Record<string, number> = {
	n: -9,
	u: -6,
	m: -3,
	"": 0,
	k: 3,
	M: 6,
	G: 9,
	T: 12,
	P: 15,
	E: 18,
};
const QUANTITY =
	/^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?\d+)$/;

/** Nano-units of a quantity; fractions below a nano round away from zero. Undefined when the text is no quantity. */
export function parseNano(text: string | number): bigint | undefined {
	const m = QUANTITY.exec(String(text));
	if (!m || ((m[2] ?? "") === "" && (m[3] ?? "") === "")) return undefined;
	const fraction = m[3] ?? "";
	const suffix = m[4] ?? "";
	const digits = BigInt(`${m[2] ?? ""}${fraction}` || "0");
	const size = Object.hasOwn(BINARY, suffix)
		? divideUp(
				(digits * NANO) << BigInt(BINARY[suffix] as number),
				10n ** BigInt(fraction.length),
			)
		: scaleDecimal(digits, decimalExponent(suffix) + 9 - fraction.length);
	return m[1] === "-" ? -size : size;
}

const decimalExponent = (suffix: string): number =>
	Object.hasOwn(DECIMAL, suffix)
		? (DECIMAL[suffix] as number)
		: Number(suffix.slice(1));

const scaleDecimal = (digits: bigint, exponent: number): bigint =>
	exponent >= 0
		? digits * 10n ** BigInt(exponent)
		: divideUp(digits, 10n ** BigInt(-exponent));

const divideUp = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** Nano-units of a quantity that the decoder has accepted; absent counts as zero. */
export const nano = (text: string | number | undefined): bigint =>
	text === undefined ? 0n : (parseNano(text) ?? 0n);

export const compareQuantity = (
	a: string | number | undefined,
	b: string | number | undefined,
): number => {
	const difference = nano(a) - nano(b);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const isWholeQuantity = (text: string | number): boolean =>
	nano(text) % NANO === 0n;

/** Rounded up to whole units. */
export const wholeUnits = (text: string | number | undefined): bigint =>
	divideUp(nano(text), NANO);

/** Rounded up to milli-units. */
export const milliUnits = (text: string | number | undefined): bigint =>
	divideUp(nano(text), 1_000_000n);
