import { formatQuantity } from '../../machinery/decode/quantity.ts';

/** Whole thousandths, which is what the autoscaler counts in. */
export type Milli = number;

/** Models resource.NewMilliQuantity(value, DecimalSI).String(). */
export const milliText = (value: Milli): string => formatQuantity({ nanos: BigInt(Math.round(value)) * 1_000_000n, format: 'DecimalSI' });
