import { type Instant, toRfc3339 } from '../../core/instant.ts';

export interface Condition {
  type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited';
  status: 'True' | 'False';
  lastTransitionTime: string;
  reason: string;
  message: string;
}

/** The conditions of an HPA while it is looked at. Models setConditionInList: the time moves only where the status does. */
export class Conditions {
  constructor(
    private list: readonly Condition[],
    private readonly now: Instant,
  ) {}

  set(type: Condition['type'], holds: boolean, reason: string, message: string): void {
    const status = holds ? 'True' : 'False';
    const known = this.list.find((each) => each.type === type);
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : toRfc3339(this.now);
    const fresh: Condition = { type, status, lastTransitionTime, reason, message };
    this.list = known ? this.list.map((each) => (each === known ? fresh : each)) : [...this.list, fresh];
  }

  get all(): readonly Condition[] {
    return this.list;
  }
}
