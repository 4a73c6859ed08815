import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

const CPU_TARGET_PERCENT = 80;

const percent100 = { type: 'Percent', value: 100, periodSeconds: 15 };

function defaultBehavior(behavior: Part): void {
  behavior.scaleUp ??= {};
  behavior.scaleUp.stabilizationWindowSeconds ??= 0;
  behavior.scaleUp.selectPolicy ??= 'Max';
  behavior.scaleUp.policies ??= [{ type: 'Pods', value: 4, periodSeconds: 15 }, { ...percent100 }];
  behavior.scaleDown ??= {};
  behavior.scaleDown.selectPolicy ??= 'Max';
  behavior.scaleDown.policies ??= [{ ...percent100 }];
}

// Models SetDefaults_HorizontalPodAutoscaler and its behaviour in pkg/apis/autoscaling/v2/defaults.go.
export function defaults(autoscaler: KubeObject): void {
  autoscaler.spec ??= {};
  const { spec } = autoscaler;
  spec.scaleTargetRef ??= {};
  spec.minReplicas ??= 1;
  if ((spec.metrics?.length ?? 0) === 0) {
    const target = { type: 'Utilization', averageUtilization: CPU_TARGET_PERCENT };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  if (spec.behavior) defaultBehavior(spec.behavior);
}
