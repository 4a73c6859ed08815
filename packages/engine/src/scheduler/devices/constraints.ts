import type { DeviceAttribute, DeviceConstraint } from '@vivakube/schema/types/resource.v1';
import type { Device } from './pools.ts';

/** What of a claim's devices must be equal, or differ, as devices are added and taken back. */
export interface Constraint {
  /** Whether a device may be added; it is then. @param names the request, and `request/alternative` */
  add: (names: readonly string[], device: Device) => boolean;
  remove: (names: readonly string[], device: Device) => void;
}

/** By its full name, or by its own where the domain is the driver's. Models lookupAttribute. */
export function attributeOf({ spec, slice }: Device, name: string): DeviceAttribute | undefined {
  const attributes = new Map(Object.entries(spec.attributes ?? {}));
  const cut = name.indexOf('/');
  return attributes.get(name) ?? (name.slice(0, cut) === slice.spec.driver ? attributes.get(name.slice(cut + 1)) : undefined);
}

function valueText(attribute: DeviceAttribute | undefined): string | undefined {
  if (!attribute) return undefined;
  const [kind, value] = Object.entries(attribute).find(([, each]) => each !== undefined) ?? [];
  return kind === undefined ? undefined : `${kind}:${JSON.stringify(value)}`;
}

/** Models matchAttributeConstraint and distinctAttributeConstraint of k8s.io/dynamic-resource-allocation/structured. */
export function constraintOf({ requests = [], matchAttribute, distinctAttribute }: DeviceConstraint): Constraint {
  const name = matchAttribute ?? distinctAttribute ?? '';
  const values = new Map<string, number>();
  const concerns = (names: readonly string[]): boolean => requests.length === 0 || names.some((each) => requests.includes(each));
  return {
    add: (names, device) => {
      if (!concerns(names)) return true;
      const value = valueText(attributeOf(device, name));
      if (value === undefined) return false;
      const fits = matchAttribute === undefined ? !values.has(value) : values.size === 0 || values.has(value);
      if (fits) values.set(value, (values.get(value) ?? 0) + 1);
      return fits;
    },
    remove: (names, device) => {
      if (!concerns(names)) return;
      const value = valueText(attributeOf(device, name)) as string;
      const left = (values.get(value) as number) - 1;
      if (left > 0) values.set(value, left);
      else values.delete(value);
    },
  };
}
