import { quantityMilliValue } from '../../machinery/decode/quantity.ts';
import type { Device, Inventory, Pool } from './pools.ts';

/** What is left of the counters that the devices of a pool share: parts of one card, say. Models checkAvailableCounters. */
export class Counters {
  private readonly left = new Map<string, number>();
  private readonly counted = new Set<Pool>();

  constructor(
    private readonly inventory: Inventory,
    private readonly inUse: ReadonlyMap<string, number>,
  ) {}

  /** Takes what a device consumes, if all of it is there. */
  take(device: Device): boolean {
    const wanted = consumptionOf(device);
    if (wanted.length === 0) return true;
    this.countPool(device.pool);
    if (wanted.some(([name, amount]) => (this.left.get(name) ?? 0) < amount)) return false;
    for (const [name, amount] of wanted) this.add(name, -amount);
    return true;
  }

  giveBack(device: Device): void {
    for (const [name, amount] of consumptionOf(device)) this.add(name, amount);
  }

  private add(name: string, amount: number): void {
    this.left.set(name, (this.left.get(name) ?? 0) + amount);
  }

  /** What its slices share, without what devices consume that are in use. */
  private countPool(pool: Pool): void {
    if (this.counted.has(pool)) return;
    this.counted.add(pool);
    for (const { spec } of pool.slices) {
      for (const { name, counters } of spec.sharedCounters ?? []) {
        for (const [counter, { value }] of Object.entries(counters)) this.add(`${pool.id}|${name}|${counter}`, quantityMilliValue(String(value)));
      }
      for (const { name } of spec.devices ?? []) {
        const device = this.inventory.byId.get(`${pool.id}/${name}`);
        if (device && this.inUse.has(device.id)) for (const [counter, amount] of consumptionOf(device)) this.add(counter, -amount);
      }
    }
  }
}

function consumptionOf({ spec, pool }: Device): [counter: string, amount: number][] {
  return (spec.consumesCounters ?? []).flatMap(({ counterSet, counters }) =>
    Object.entries(counters).map(([counter, { value }]): [string, number] => [
      `${pool.id}|${counterSet}|${counter}`,
      quantityMilliValue(String(value)),
    ]),
  );
}
