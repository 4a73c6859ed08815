import type { Attributes, Machine } from '../machine.ts';

export function admit(machine: Machine, attributes: Attributes): void {
  for (const plugin of machine.admission) plugin.admit?.(attributes);
}

export function validateAdmission(machine: Machine, attributes: Attributes): void {
  for (const plugin of machine.admission) plugin.validate?.(attributes);
}
