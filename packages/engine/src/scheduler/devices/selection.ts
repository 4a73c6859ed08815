import type { DeviceAttribute, DeviceSelector } from '@vivakube/schema/types/resource.v1';
import { compileSelector } from '../../kinds/rules/devices/selectors.ts';
import {
  CelError,
  type CelMap,
  CostExceeded,
  LiteralMap,
  Meter,
  Opaque,
  quantityFrom,
  scopeOf,
  semverOf,
  type Value,
} from '../../machinery/cel/index.ts';
import type { Device } from './pools.ts';

// Models CELSelectorExpressionMaxCost in k8s.io/api/resource/v1.
const COST_MAX = 1_000_000;

/** Something is wrong with a claim or a class, so that no node needs to be asked. */
export class AllocationError extends Error {}

/** Attributes of a domain that says nothing are none. Models mapper in k8s.io/dynamic-resource-allocation/cel. */
class Domains implements CelMap {
  readonly isMap = true;
  private static readonly NOTHING = new LiteralMap([]);

  constructor(private readonly domains: ReadonlyMap<string, LiteralMap>) {}

  get size(): number {
    return this.domains.size;
  }

  get(key: Value): Value | undefined {
    return typeof key === 'string' ? (this.domains.get(key) ?? Domains.NOTHING) : undefined;
  }

  keys(): Value[] {
    return [...this.domains.keys()];
  }
}

/** Names without a domain are the driver's own. */
function byDomain<T>(named: Readonly<Record<string, T>> | undefined, driver: string, worth: (item: T) => Value): Domains {
  const domains = new Map<string, [string, Value][]>();
  for (const [name, item] of Object.entries(named ?? {})) {
    const cut = name.indexOf('/');
    const domain = cut < 0 ? driver : name.slice(0, cut);
    const entry: [string, Value] = [cut < 0 ? name : name.slice(cut + 1), worth(item)];
    if (domains.has(domain)) domains.get(domain)?.push(entry);
    else domains.set(domain, [entry]);
  }
  return new Domains(new Map([...domains].map(([domain, entries]) => [domain, new LiteralMap(entries)])));
}

function attributeValue({ string, int, bool, version }: DeviceAttribute): Value {
  if (string !== undefined) return string;
  if (int !== undefined) return BigInt(int);
  if (bool !== undefined) return bool;
  return version === undefined ? null : semverOf(version, false);
}

const variables = new WeakMap<Device, LiteralMap>();

function variableOf(device: Device): LiteralMap {
  let made = variables.get(device);
  if (!made) {
    const { spec, slice } = device;
    const { driver } = slice.spec;
    made = new LiteralMap([
      ['driver', driver],
      ['attributes', byDomain(spec.attributes, driver, attributeValue)],
      ['capacity', byDomain(spec.capacity, driver, ({ value }) => quantityFrom(String(value)))],
      ['allowMultipleAllocations', spec.allowMultipleAllocations ?? false],
    ]);
    variables.set(device, made);
  }
  return made;
}

const HINT = '. consider using CEL optional chaining (.? followed by orValue()) or guarding the check with has() for optional fields';

/** @param whose `class gpu` or `claim default/gpu`, for the error */
export function selects(selectors: readonly DeviceSelector[] | undefined, device: Device, whose: string): boolean {
  return (selectors ?? []).every(({ cel }, i) => {
    const compiled = compileSelector(cel?.expression ?? '');
    if ('error' in compiled) throw new AllocationError(`${whose}: selector #${i}: CEL compile error: compilation failed: ${compiled.error}`);
    const problem = (text: string): AllocationError =>
      new AllocationError(`${whose}: selector #${i} on device ${device.id}: CEL runtime error: ${text}${text.includes('no such key:') ? HINT : ''}`);
    try {
      const result = compiled.program.run(scopeOf({ device: variableOf(device) }), new Meter(COST_MAX));
      if (typeof result !== 'boolean')
        throw problem(`CEL expression returned ${result instanceof Opaque ? result.type : typeof result}, expected bool`);
      return result;
    } catch (error) {
      if (error instanceof CelError || error instanceof CostExceeded) throw problem(error.message);
      throw error;
    }
  });
}
