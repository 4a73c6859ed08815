import type { KubeObject } from '../../../core/object.ts';
import type { LabelSelector } from '../../../kinds/rules/selector.ts';
import type { Live, PodTemplate } from '../objects.ts';

/** What ReplicaSets and ReplicationControllers have in common. */
export interface Replicas {
  owner: Live<KubeObject>;
  desired: number;
  minReadySeconds: number;
  selector: LabelSelector | undefined;
  template: PodTemplate;
}
