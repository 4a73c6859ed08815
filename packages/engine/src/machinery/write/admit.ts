import type { AdmissionRounds, Attributes, Machine } from '../machine.ts';

export function admit(machine: Machine, attributes: Attributes): void {
  const rounds: AdmissionRounds = { isSecond: false, wantsSecond: false, notes: new Map() };
  const withRounds = { ...attributes, rounds };
  for (const plugin of machine.admission) plugin.admit?.(withRounds);
  if (!rounds.wantsSecond) return;
  rounds.isSecond = true;
  for (const plugin of machine.admission) plugin.admit?.(withRounds);
}

export function validateAdmission(machine: Machine, attributes: Attributes): void {
  for (const plugin of machine.admission) plugin.validate?.(attributes);
}
