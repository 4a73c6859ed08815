import type { KubeObject } from '../../../core/object.ts';
import { defaultPodTemplate } from '../../rules/pod-template.ts';

// Models SetDefaults_Deployment in pkg/apis/apps/v1/defaults.go.
export function defaults(deployment: KubeObject): void {
  deployment.spec ??= {};
  const { spec } = deployment;
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
    spec.strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  defaultPodTemplate(spec);
}
