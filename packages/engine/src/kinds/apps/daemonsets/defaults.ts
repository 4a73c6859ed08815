import type { KubeObject } from '../../../core/object.ts';
import { defaultPodTemplate } from '../../rules/pod-template.ts';

// Models SetDefaults_DaemonSet in pkg/apis/apps/v1/defaults.go.
export function defaults(daemonSet: KubeObject): void {
  daemonSet.spec ??= {};
  const { spec } = daemonSet;
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= 1;
    strategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
  defaultPodTemplate(spec);
}
