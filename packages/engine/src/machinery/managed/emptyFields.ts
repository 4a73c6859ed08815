import { type Definition, hasDefinition } from '@vivakube/schema';

/**
 * Fields that Go's zero value of a kind already has: structs held by value show up as `{}`, and fields without omitempty as null.
 * A write that fills them changes what is inside but does not add the field itself, which is why a real server writes
 * `f:spec: {f:replicas: {}}` and not `f:spec: {".": {}, f:replicas: {}}`. No schema tells values from pointers, so the structs are named here.
 * Custom resources start from nothing at all.
 */
const OF_KINDS = new Set(['metadata', 'spec', 'status']);

const OF_DEFINITIONS = new Map<string, readonly string[]>([
  ['apps.v1.DeploymentSpec', ['strategy', 'template']],
  ['apps.v1.StatefulSetSpec', ['updateStrategy', 'template']],
  ['apps.v1.DaemonSetSpec', ['updateStrategy', 'template']],
  ['apps.v1.ReplicaSetSpec', ['template']],
  ['batch.v1.JobSpec', ['template']],
  ['batch.v1.CronJobSpec', ['jobTemplate']],
  ['batch.v1.JobTemplateSpec', ['metadata', 'spec']],
  ['core.v1.PodTemplateSpec', ['metadata', 'spec']],
  ['core.v1.PodTemplate', ['template']],
  ['core.v1.Container', ['resources']],
  ['core.v1.EphemeralContainer', ['resources']],
  ['core.v1.ContainerStatus', ['state', 'lastState']],
  ['core.v1.PersistentVolumeClaimSpec', ['resources']],
  ['core.v1.PersistentVolumeClaimTemplate', ['metadata', 'spec']],
  ['core.v1.ServiceStatus', ['loadBalancer']],
  ['core.v1.NodeStatus', ['daemonEndpoints', 'nodeInfo']],
  ['core.v1.NodeDaemonEndpoints', ['kubeletEndpoint']],
  ['core.v1.Event', ['involvedObject', 'source']],
  ['networking.v1.IngressStatus', ['loadBalancer']],
  ['networking.v1.NetworkPolicySpec', ['podSelector']],
  ['autoscaling.v2.HorizontalPodAutoscalerSpec', ['scaleTargetRef']],
  ['autoscaling.v1.HorizontalPodAutoscalerSpec', ['scaleTargetRef']],
  ['rbac.v1.RoleBinding', ['roleRef']],
  ['rbac.v1.ClusterRoleBinding', ['roleRef']],
  ['apiextensions.v1.CustomResourceDefinitionSpec', ['names']],
  ['apiextensions.v1.CustomResourceDefinitionStatus', ['acceptedNames']],
  ['flowcontrol.v1.FlowSchemaSpec', ['priorityLevelConfiguration']],
]);

const OF_NOTHING: readonly string[] = [];

export function startsEmpty(definition: Definition, field: string): boolean {
  if (definition.required.includes(field)) return hasDefinition(definition.name);
  if ((OF_DEFINITIONS.get(definition.name) ?? OF_NOTHING).includes(field)) return true;
  return definition.gvk !== undefined && OF_KINDS.has(field) && hasDefinition(definition.name);
}
