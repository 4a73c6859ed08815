export { validateNodeSelector, validateNodeSelectorTerm } from './affinity.ts';
export {
  validatePodAnnotations,
  validatePodAnnotationUpdates,
} from './annotations.ts';
export { defaultPod, defaultPodSpec } from './defaults.ts';
export { parseImage } from './image.ts';
export { containersWithPath, isSidecar, type PodRules } from './rules.ts';
export {
  TAINT_EFFECTS,
  validateTolerations,
  validateTopologySpread,
} from './scheduling.ts';
export { RESTART_POLICIES, validatePodSpec } from './spec.ts';
export { validatePodTemplateSpec } from './template.ts';
