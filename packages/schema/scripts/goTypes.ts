import { fieldAt } from './delta.ts';
import type { Model, RawType } from './model.ts';

/**
 * Go types of fields, where the schema does not tell: names that error texts print, and pointers, whose zero values are kept.
 * `*` alone is a pointer to the plain type; a name without a dot is of the definition's own version.
 */
const FACTS = `
core.v1.AppArmorProfile type:AppArmorProfileType localhostProfile:*
core.v1.AttachedVolume name:UniqueVolumeName
core.v1.AzureDiskVolumeSource cachingMode:*AzureDataDiskCachingMode fsType:* readOnly:* kind:*AzureDataDiskKind
core.v1.AzureFilePersistentVolumeSource secretNamespace:*
core.v1.CSIVolumeSource readOnly:* fsType:*
core.v1.Capabilities add:[]Capability drop:[]Capability
core.v1.ClientIPConfig timeoutSeconds:*
core.v1.ClusterTrustBundleProjection name:* signerName:* optional:*
core.v1.ComponentCondition type:ComponentConditionType status:ConditionStatus
core.v1.ConfigMap immutable:*
core.v1.ConfigMapEnvSource optional:*
core.v1.ConfigMapKeySelector optional:*
core.v1.ConfigMapNodeConfigSource uid:types.UID
core.v1.ConfigMapProjection optional:*
core.v1.ConfigMapVolumeSource defaultMode:* optional:*
core.v1.Container imagePullPolicy:PullPolicy restartPolicy:*ContainerRestartPolicy terminationMessagePolicy:TerminationMessagePolicy
core.v1.ContainerPort protocol:Protocol
core.v1.ContainerResizePolicy resourceName:ResourceName restartPolicy:ResourceResizeRestartPolicy
core.v1.ContainerRestartRule action:ContainerRestartRuleAction
core.v1.ContainerRestartRuleOnExitCodes operator:ContainerRestartRuleOnExitCodesOperator
core.v1.ContainerStatus started:* stopSignal:*Signal allocatedResources:ResourceList
core.v1.DownwardAPIVolumeFile mode:*
core.v1.DownwardAPIVolumeSource defaultMode:*
core.v1.EmptyDirVolumeSource medium:StorageMedium
core.v1.EndpointAddress nodeName:*
core.v1.EndpointPort protocol:Protocol appProtocol:*
core.v1.EphemeralContainer imagePullPolicy:PullPolicy restartPolicy:*ContainerRestartPolicy terminationMessagePolicy:TerminationMessagePolicy
core.v1.FCVolumeSource lun:*
core.v1.FileKeySelector optional:*
core.v1.GRPCAction service:*
core.v1.GlusterfsPersistentVolumeSource endpointsNamespace:*
core.v1.HTTPGetAction scheme:URIScheme
core.v1.HostPathVolumeSource type:*HostPathType
core.v1.ISCSIPersistentVolumeSource initiatorName:*
core.v1.ISCSIVolumeSource initiatorName:*
core.v1.ImageVolumeSource pullPolicy:PullPolicy
core.v1.KeyToPath mode:*
core.v1.Lifecycle stopSignal:*Signal
core.v1.LimitRangeItem type:LimitType max:ResourceList min:ResourceList default:ResourceList defaultRequest:ResourceList maxLimitRequestRatio:ResourceList
core.v1.LoadBalancerIngress ipMode:*LoadBalancerIPMode
core.v1.LocalVolumeSource fsType:*
core.v1.ModifyVolumeStatus status:PersistentVolumeClaimModifyVolumeStatus
core.v1.NamespaceCondition type:NamespaceConditionType status:ConditionStatus
core.v1.NamespaceSpec finalizers:[]FinalizerName
core.v1.NamespaceStatus phase:NamespacePhase
core.v1.NodeAddress type:NodeAddressType
core.v1.NodeCondition type:NodeConditionType status:ConditionStatus
core.v1.NodeFeatures supplementalGroupsPolicy:*
core.v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:* userNamespaces:*
core.v1.NodeSelectorRequirement operator:NodeSelectorOperator
core.v1.NodeStatus phase:NodePhase capacity:ResourceList allocatable:ResourceList volumesInUse:[]UniqueVolumeName
core.v1.NodeSwapStatus capacity:*
core.v1.ObjectReference uid:types.UID
core.v1.PersistentVolumeClaimCondition type:PersistentVolumeClaimConditionType status:ConditionStatus
core.v1.PersistentVolumeClaimSpec accessModes:[]PersistentVolumeAccessMode storageClassName:* volumeMode:*PersistentVolumeMode volumeAttributesClassName:*
core.v1.PersistentVolumeClaimStatus phase:PersistentVolumeClaimPhase accessModes:[]PersistentVolumeAccessMode capacity:ResourceList allocatedResources:ResourceList currentVolumeAttributesClassName:* allocatedResourceStatuses:map[v1.ResourceName]v1.ClaimResourceStatus
core.v1.PersistentVolumeSpec capacity:ResourceList accessModes:[]PersistentVolumeAccessMode persistentVolumeReclaimPolicy:PersistentVolumeReclaimPolicy volumeMode:*PersistentVolumeMode volumeAttributesClassName:*
core.v1.PersistentVolumeStatus phase:PersistentVolumePhase
core.v1.PodCertificateProjection maxExpirationSeconds:*
core.v1.PodCondition type:PodConditionType status:ConditionStatus
core.v1.PodDNSConfigOption value:*
core.v1.PodOS name:OSName
core.v1.PodReadinessGate conditionType:PodConditionType
core.v1.PodResourceClaim resourceClaimName:* resourceClaimTemplateName:*
core.v1.PodResourceClaimStatus resourceClaimName:*
core.v1.PodSchedulingGroup podGroupName:*
core.v1.PodSecurityContext runAsUser:* runAsGroup:* runAsNonRoot:* fsGroup:* fsGroupChangePolicy:*PodFSGroupChangePolicy supplementalGroupsPolicy:*SupplementalGroupsPolicy seLinuxChangePolicy:*PodSELinuxChangePolicy
core.v1.PodSpec restartPolicy:RestartPolicy terminationGracePeriodSeconds:* activeDeadlineSeconds:* dnsPolicy:DNSPolicy automountServiceAccountToken:* shareProcessNamespace:* priority:* enableServiceLinks:* preemptionPolicy:*PreemptionPolicy overhead:ResourceList setHostnameAsFQDN:* runtimeClassName:* hostUsers:* hostnameOverride:*
core.v1.PodStatus phase:PodPhase qosClass:PodQOSClass resize:PodResizeStatus
core.v1.PortStatus protocol:Protocol error:*
core.v1.Probe terminationGracePeriodSeconds:*
core.v1.ProjectedVolumeSource defaultMode:*
core.v1.ReplicationControllerCondition type:ReplicationControllerConditionType status:ConditionStatus
core.v1.ReplicationControllerSpec replicas:*
core.v1.ResourceHealth resourceID:ResourceID health:ResourceHealthStatus message:*
core.v1.ResourceQuotaSpec hard:ResourceList scopes:[]ResourceQuotaScope
core.v1.ResourceQuotaStatus hard:ResourceList used:ResourceList
core.v1.ResourceRequirements limits:ResourceList requests:ResourceList
core.v1.ResourceStatus name:ResourceName
core.v1.ScopedResourceSelectorRequirement scopeName:ResourceQuotaScope operator:ScopeSelectorOperator
core.v1.SeccompProfile type:SeccompProfileType localhostProfile:*
core.v1.Secret immutable:* type:SecretType
core.v1.SecretEnvSource optional:*
core.v1.SecretKeySelector optional:*
core.v1.SecretProjection optional:*
core.v1.SecretVolumeSource defaultMode:* optional:*
core.v1.SecurityContext privileged:* allowPrivilegeEscalation:* readOnlyRootFilesystem:* runAsUser:* runAsGroup:* runAsNonRoot:* procMount:*ProcMountType
core.v1.ServiceAccount automountServiceAccountToken:*
core.v1.ServiceAccountTokenProjection expirationSeconds:*
core.v1.ServicePort protocol:Protocol appProtocol:*
core.v1.ServiceSpec type:ServiceType sessionAffinity:ServiceAffinity externalTrafficPolicy:ServiceExternalTrafficPolicy internalTrafficPolicy:*ServiceInternalTrafficPolicy ipFamilies:[]IPFamily ipFamilyPolicy:*IPFamilyPolicy allocateLoadBalancerNodePorts:* loadBalancerClass:* trafficDistribution:*
core.v1.Taint effect:TaintEffect
core.v1.Toleration operator:TolerationOperator effect:TaintEffect tolerationSeconds:*
core.v1.TopologySpreadConstraint whenUnsatisfiable:UnsatisfiableConstraintAction minDomains:* nodeAffinityPolicy:*NodeInclusionPolicy nodeTaintsPolicy:*NodeInclusionPolicy
core.v1.TypedLocalObjectReference apiGroup:*
core.v1.TypedObjectReference apiGroup:* namespace:*
core.v1.VolumeMount mountPropagation:*MountPropagationMode recursiveReadOnly:*RecursiveReadOnlyMode
core.v1.VolumeMountStatus recursiveReadOnly:*RecursiveReadOnlyMode
core.v1.VolumeResourceRequirements limits:ResourceList requests:ResourceList
core.v1.WindowsSecurityContextOptions gmsaCredentialSpec:* gmsaCredentialSpecName:* hostProcess:* runAsUserName:*
admissionregistration.v1.MatchResources matchPolicy:*MatchPolicyType
admissionregistration.v1.MutatingAdmissionPolicySpec failurePolicy:*FailurePolicyType reinvocationPolicy:ReinvocationPolicyType
admissionregistration.v1.MutatingWebhook failurePolicy:*FailurePolicyType matchPolicy:*MatchPolicyType sideEffects:*SideEffectClass timeoutSeconds:* reinvocationPolicy:*ReinvocationPolicyType
admissionregistration.v1.Mutation patchType:PatchType
admissionregistration.v1.NamedRuleWithOperations operations:[]OperationType scope:*ScopeType
admissionregistration.v1.ParamRef parameterNotFoundAction:*ParameterNotFoundActionType
admissionregistration.v1.RuleWithOperations operations:[]OperationType scope:*ScopeType
admissionregistration.v1.ServiceReference path:* port:*
admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec validationActions:[]ValidationAction
admissionregistration.v1.ValidatingAdmissionPolicySpec failurePolicy:*FailurePolicyType
admissionregistration.v1.ValidatingWebhook failurePolicy:*FailurePolicyType matchPolicy:*MatchPolicyType sideEffects:*SideEffectClass timeoutSeconds:*
admissionregistration.v1.Validation reason:*StatusReason
admissionregistration.v1.WebhookClientConfig url:*
apiextensions.v1.CustomResourceConversion strategy:ConversionStrategyType
apiextensions.v1.CustomResourceDefinitionCondition type:CustomResourceDefinitionConditionType status:ConditionStatus
apiextensions.v1.CustomResourceDefinitionSpec scope:ResourceScope
apiextensions.v1.CustomResourceDefinitionVersion deprecationWarning:*
apiextensions.v1.CustomResourceSubresourceScale labelSelectorPath:*
apiextensions.v1.JSONSchemaProps $ref:* enum:[]JSON maximum:* minimum:* multipleOf:* maxLength:* minLength:* maxItems:* minItems:* maxProperties:* minProperties:* x-kubernetes-preserve-unknown-fields:* x-kubernetes-list-type:* x-kubernetes-map-type:* x-kubernetes-validations:ValidationRules definitions:JSONSchemaDefinitions dependencies:JSONSchemaDependencies items:*JSONSchemaPropsOrArray additionalItems:*JSONSchemaPropsOrBool additionalProperties:*JSONSchemaPropsOrBool
apiextensions.v1.ServiceReference path:* port:*
apiextensions.v1.ValidationRule reason:*FieldValueErrorReason optionalOldSelf:*
apiextensions.v1.WebhookClientConfig url:*
apiregistration.v1.APIServiceCondition type:APIServiceConditionType status:ConditionStatus
apiregistration.v1.ServiceReference port:*
apps.v1.DaemonSetCondition type:DaemonSetConditionType status:ConditionStatus
apps.v1.DaemonSetSpec revisionHistoryLimit:*
apps.v1.DaemonSetStatus collisionCount:*
apps.v1.DaemonSetUpdateStrategy type:DaemonSetUpdateStrategyType
apps.v1.DeploymentCondition type:DeploymentConditionType status:ConditionStatus
apps.v1.DeploymentSpec replicas:* revisionHistoryLimit:* progressDeadlineSeconds:*
apps.v1.DeploymentStatus collisionCount:* terminatingReplicas:*
apps.v1.DeploymentStrategy type:DeploymentStrategyType
apps.v1.ReplicaSetCondition type:ReplicaSetConditionType status:ConditionStatus
apps.v1.ReplicaSetSpec replicas:*
apps.v1.ReplicaSetStatus terminatingReplicas:*
apps.v1.RollingUpdateDaemonSet maxSurge:* maxUnavailable:*
apps.v1.RollingUpdateDeployment maxSurge:* maxUnavailable:*
apps.v1.RollingUpdateStatefulSetStrategy partition:* maxUnavailable:*
apps.v1.StatefulSetCondition type:StatefulSetConditionType status:ConditionStatus
apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:PersistentVolumeClaimRetentionPolicyType whenScaled:PersistentVolumeClaimRetentionPolicyType
apps.v1.StatefulSetSpec podManagementPolicy:PodManagementPolicyType replicas:* revisionHistoryLimit:*
apps.v1.StatefulSetStatus collisionCount:*
apps.v1.StatefulSetUpdateStrategy type:StatefulSetUpdateStrategyType
authentication.v1.BoundObjectReference uid:types.UID
authentication.v1.TokenRequestSpec expirationSeconds:*
authentication.v1.UserInfo extra:map[string]v1.ExtraValue
authorization.v1.SubjectAccessReviewSpec extra:map[string]v1.ExtraValue
autoscaling.v1.HorizontalPodAutoscalerSpec minReplicas:* targetCPUUtilizationPercentage:*
autoscaling.v1.HorizontalPodAutoscalerStatus observedGeneration:* currentCPUUtilizationPercentage:*
autoscaling.v2.ContainerResourceMetricSource name:v1.ResourceName
autoscaling.v2.ContainerResourceMetricStatus name:v1.ResourceName
autoscaling.v2.HPAScalingPolicy type:HPAScalingPolicyType
autoscaling.v2.HPAScalingRules selectPolicy:*ScalingPolicySelect stabilizationWindowSeconds:*
autoscaling.v2.HorizontalPodAutoscalerCondition type:HorizontalPodAutoscalerConditionType status:v1.ConditionStatus
autoscaling.v2.HorizontalPodAutoscalerSpec minReplicas:*
autoscaling.v2.HorizontalPodAutoscalerStatus observedGeneration:*
autoscaling.v2.MetricSpec type:MetricSourceType
autoscaling.v2.MetricStatus type:MetricSourceType
autoscaling.v2.MetricTarget type:MetricTargetType averageUtilization:*
autoscaling.v2.MetricValueStatus averageUtilization:*
autoscaling.v2.ResourceMetricSource name:v1.ResourceName
autoscaling.v2.ResourceMetricStatus name:v1.ResourceName
batch.v1.CronJobSpec concurrencyPolicy:ConcurrencyPolicy failedJobsHistoryLimit:* successfulJobsHistoryLimit:* startingDeadlineSeconds:* suspend:* timeZone:*
batch.v1.JobCondition type:JobConditionType status:ConditionStatus
batch.v1.JobSpec activeDeadlineSeconds:* backoffLimit:* backoffLimitPerIndex:* completions:* completionMode:*CompletionMode managedBy:* manualSelector:* maxFailedIndexes:* parallelism:* podReplacementPolicy:*PodReplacementPolicy suspend:* ttlSecondsAfterFinished:*
batch.v1.JobStatus ready:* terminating:* failedIndexes:*
batch.v1.PodFailurePolicyOnExitCodesRequirement containerName:* operator:PodFailurePolicyOnExitCodesOperator
batch.v1.PodFailurePolicyOnPodConditionsPattern type:PodConditionType status:ConditionStatus
batch.v1.PodFailurePolicyRule action:PodFailurePolicyAction
batch.v1.SuccessPolicyRule succeededIndexes:* succeededCount:*
batch.v1.UncountedTerminatedPods failed:[]types.UID succeeded:[]types.UID
certificates.v1.CertificateSigningRequestCondition type:RequestConditionType status:ConditionStatus
certificates.v1.CertificateSigningRequestSpec expirationSeconds:* usages:[]KeyUsage extra:map[string]v1.ExtraValue
coordination.v1.LeaseSpec holderIdentity:* leaseDurationSeconds:* leaseTransitions:* strategy:*CoordinatedLeaseStrategy preferredHolder:*
discovery.v1.Endpoint hostname:* nodeName:* zone:*
discovery.v1.EndpointConditions ready:* serving:* terminating:*
discovery.v1.EndpointPort name:* port:* protocol:*Protocol appProtocol:*
discovery.v1.EndpointSlice addressType:AddressType
flowcontrol.v1.ExemptPriorityLevelConfiguration lendablePercent:* nominalConcurrencyShares:*
flowcontrol.v1.FlowDistinguisherMethod type:FlowDistinguisherMethodType
flowcontrol.v1.FlowSchemaCondition type:FlowSchemaConditionType status:ConditionStatus
flowcontrol.v1.FlowSchemaSpec matchingPrecedence:*
flowcontrol.v1.LimitResponse type:LimitResponseType
flowcontrol.v1.LimitedPriorityLevelConfiguration nominalConcurrencyShares:* lendablePercent:* borrowingLimitPercent:*
flowcontrol.v1.PriorityLevelConfigurationCondition type:PriorityLevelConfigurationConditionType status:ConditionStatus
flowcontrol.v1.PriorityLevelConfigurationSpec type:PriorityLevelEnablement
flowcontrol.v1.Subject kind:SubjectKind
networking.v1.HTTPIngressPath pathType:*PathType
networking.v1.IngressClassParametersReference apiGroup:* scope:* namespace:*
networking.v1.IngressPortStatus protocol:Protocol error:*
networking.v1.IngressSpec ingressClassName:*
networking.v1.NetworkPolicyPort protocol:*Protocol port:* endPort:*
networking.v1.NetworkPolicySpec policyTypes:[]PolicyType
node.v1.Overhead podFixed:ResourceList
policy.v1.PodDisruptionBudgetSpec minAvailable:* maxUnavailable:* unhealthyPodEvictionPolicy:*UnhealthyPodEvictionPolicyType
policy.v1.PodDisruptionBudgetStatus currentHealthy:* desiredHealthy:* disruptionsAllowed:* expectedPods:*
resource.v1.AllocatedDeviceStatus shareID:*
resource.v1.Device nodeName:* allNodes:* bindsToNode:* allowMultipleAllocations:*
resource.v1.DeviceAllocationConfiguration source:AllocationConfigSource
resource.v1.DeviceAttribute int:* bool:* string:* version:*
resource.v1.DeviceClassSpec extendedResourceName:*
resource.v1.DeviceConstraint matchAttribute:*FullyQualifiedName distinctAttribute:*FullyQualifiedName
resource.v1.DeviceRequestAllocationResult adminAccess:* shareID:*types.UID
resource.v1.DeviceSubRequest allocationMode:DeviceAllocationMode
resource.v1.DeviceTaint effect:DeviceTaintEffect
resource.v1.DeviceToleration operator:DeviceTolerationOperator effect:DeviceTaintEffect tolerationSeconds:*
resource.v1.ExactDeviceRequest adminAccess:* allocationMode:DeviceAllocationMode
resource.v1.ResourceSliceSpec nodeName:* allNodes:* perDeviceNodeSelection:*
scheduling.v1.PriorityClass preemptionPolicy:*PreemptionPolicy value:*
storage.v1.CSIDriverSpec attachRequired:* podInfoOnMount:* storageCapacity:* requiresRepublish:* seLinuxMount:* nodeAllocatableUpdatePeriodSeconds:* fsGroupPolicy:*FSGroupPolicy serviceAccountTokenInSecrets:* preventPodSchedulingIfMissing:* volumeLifecycleModes:[]VolumeLifecycleMode
storage.v1.StorageClass reclaimPolicy:*PersistentVolumeReclaimPolicy volumeBindingMode:*VolumeBindingMode allowVolumeExpansion:*
storage.v1.TokenRequest expirationSeconds:*
storage.v1.VolumeAttachmentSource persistentVolumeName:*
storage.v1.VolumeError errorCode:*
storage.v1.VolumeNodeResources count:*
meta.v1.Condition status:ConditionStatus
meta.v1.DeleteOptions gracePeriodSeconds:* orphanDependents:* propagationPolicy:*DeletionPropagation ignoreStoreReadErrorWithClusterBreakingPotential:*
meta.v1.LabelSelectorRequirement operator:LabelSelectorOperator
meta.v1.ListMeta remainingItemCount:*
meta.v1.ManagedFieldsEntry operation:ManagedFieldsOperationType fieldsV1:FieldsV1
meta.v1.ObjectMeta deletionGracePeriodSeconds:* uid:types.UID
meta.v1.OwnerReference controller:* blockOwnerDeletion:* uid:types.UID
meta.v1.Preconditions uid:*types.UID resourceVersion:*
meta.v1.Status reason:StatusReason
meta.v1.StatusDetails uid:types.UID
`;

export function applyGoTypes(model: Model): void {
  for (const line of FACTS.trim().split('\n')) {
    const [name, ...facts] = line.split(' ') as [string, ...string[]];
    const version = name.split('.')[1] as string;
    for (const fact of facts) {
      const colon = fact.indexOf(':');
      const field = fieldAt(model, `${name}.${fact.slice(0, colon)}`);
      const goType = fact.slice(colon + 1);
      if (goType.startsWith('*')) field.pointer = true;
      const named = goType.replace('*', '');
      if (named !== '') field.goType = qualified(named, version, field.type);
    }
  }
}

function qualified(named: string, version: string, type: RawType): string {
  if (named.startsWith('[]') && type.kind !== 'list') throw new Error(`${named} is no list`);
  return named.includes('.') ? named : named.replace(/^(\[\])?/, `$1${version}.`);
}
