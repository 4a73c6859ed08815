import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

const CPU_TARGET_PERCENT = 80;

const scaleUpRules = (rules: Part): Part => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
  ...rules,
});

const scaleDownRules = (rules: Part): Part => ({
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  ...rules,
});

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
  if (!spec.behavior) return;
  spec.behavior.scaleUp = scaleUpRules(spec.behavior.scaleUp);
  spec.behavior.scaleDown = scaleDownRules(spec.behavior.scaleDown);
}
