import type { Quantity } from '../../decode/quantity.ts';

export const count = (number: number): Quantity => ({ nanos: BigInt(number) * 1_000_000_000n, format: 'DecimalSI' });
