import type { KubeObject } from '../../../core/object.ts';
import { defaultPodTemplate } from '../../rules/pod-template.ts';

const isEmpty = (map: object | undefined): boolean => Object.keys(map ?? {}).length === 0;

// Models SetDefaults_ReplicationController in pkg/apis/core/v1/defaults.go.
export function defaults(controller: KubeObject): void {
  controller.spec ??= {};
  const { spec, metadata } = controller;
  const labels = spec.template?.metadata?.labels;
  if (labels) {
    if (isEmpty(spec.selector)) spec.selector = { ...labels };
    if (isEmpty(metadata.labels)) metadata.labels = { ...labels };
  }
  spec.replicas ??= 1;
  if (spec.template) defaultPodTemplate(spec);
}
