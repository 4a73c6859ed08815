// Written by scripts/registry.ts from the folders. Do not edit.
import type { Action, Connection } from './machinery/action.ts';
import type { Controller } from './machinery/controller.ts';
import type { KindDefinition } from './machinery/kind.ts';
import { apiServiceAvailabilityController } from './controllers/apiserviceavailability/controller.ts';
import { apiServiceRegistrationController } from './controllers/apiserviceregistration/controller.ts';
import { attachDetachController } from './controllers/attachdetach/controller.ts';
import { clusterRoleAggregationController } from './controllers/clusterroleaggregation/controller.ts';
import { cronJobController } from './controllers/cronjob/controller.ts';
import { csiNodeController } from './controllers/csinode/controller.ts';
import { csrApprovingController } from './controllers/csrapproving/controller.ts';
import { csrCleanerController } from './controllers/csrcleaner/controller.ts';
import { csrSigningController } from './controllers/csrsigning/controller.ts';
import { customResourceDefinitionController } from './controllers/customresourcedefinition/controller.ts';
import { daemonSetController } from './controllers/daemonset/controller.ts';
import { deploymentController } from './controllers/deployment/controller.ts';
import { disruptionController } from './controllers/disruption/controller.ts';
import { staleDisruptionController } from './controllers/disruption/stale.ts';
import { endpointsController } from './controllers/endpoints/controller.ts';
import { endpointSliceController } from './controllers/endpointslice/controller.ts';
import { endpointSliceMirroringController } from './controllers/endpointslicemirroring/controller.ts';
import { ephemeralVolumeController } from './controllers/ephemeralvolume/controller.ts';
import { eventTtlController } from './controllers/eventttl/controller.ts';
import { garbageCollectorController } from './controllers/garbagecollector/controller.ts';
import { horizontalPodAutoscalerController } from './controllers/horizontalpodautoscaler/controller.ts';
import { ipAddressesController } from './controllers/ipaddresses/controller.ts';
import { jobController } from './controllers/job/controller.ts';
import { kubernetesServiceController } from './controllers/kubernetesservice/controller.ts';
import { namespaceController } from './controllers/namespace/controller.ts';
import { nodeLifecycleController } from './controllers/nodelifecycle/controller.ts';
import { persistentVolumeController } from './controllers/persistentvolume/controller.ts';
import { podGcController } from './controllers/podgc/controller.ts';
import { pvcProtectionController } from './controllers/pvcprotection/controller.ts';
import { pvProtectionController } from './controllers/pvprotection/controller.ts';
import { replicaSetController } from './controllers/replicaset/controller.ts';
import { replicationControllerController } from './controllers/replicationcontroller/controller.ts';
import { resourceClaimController } from './controllers/resourceclaim/controller.ts';
import { resourceQuotaController } from './controllers/resourcequota/controller.ts';
import { rootCaController } from './controllers/rootca/controller.ts';
import { serviceAccountController } from './controllers/serviceaccount/controller.ts';
import { serviceAccountTokenController } from './controllers/serviceaccounttoken/controller.ts';
import { serviceCidrsController } from './controllers/servicecidrs/controller.ts';
import { serviceLoadBalancerController } from './controllers/serviceloadbalancer/controller.ts';
import { statefulSetController } from './controllers/statefulset/controller.ts';
import { staticPodController } from './controllers/staticpod/controller.ts';
import { taintEvictionController } from './controllers/tainteviction/controller.ts';
import { ttlAfterFinishedController } from './controllers/ttlafterfinished/controller.ts';
import { vacProtectionController } from './controllers/vacprotection/controller.ts';
import { validatingAdmissionPolicyStatusController } from './controllers/validatingadmissionpolicystatus/controller.ts';
import { volumeExpandController } from './controllers/volumeexpand/controller.ts';
import { volumeModifyController } from './controllers/volumemodify/controller.ts';
import { mutatingAdmissionPolicy } from './kinds/admissionregistration/mutatingadmissionpolicies/kind.ts';
import { mutatingAdmissionPolicyBinding } from './kinds/admissionregistration/mutatingadmissionpolicybindings/kind.ts';
import { mutatingWebhookConfiguration } from './kinds/admissionregistration/mutatingwebhookconfigurations/kind.ts';
import { validatingAdmissionPolicy } from './kinds/admissionregistration/validatingadmissionpolicies/kind.ts';
import { validatingAdmissionPolicyBinding } from './kinds/admissionregistration/validatingadmissionpolicybindings/kind.ts';
import { validatingWebhookConfiguration } from './kinds/admissionregistration/validatingwebhookconfigurations/kind.ts';
import { customResourceDefinition } from './kinds/apiextensions/customresourcedefinitions/kind.ts';
import { apiService } from './kinds/apiregistration/apiservices/kind.ts';
import { controllerRevision } from './kinds/apps/controllerrevisions/kind.ts';
import { daemonSet } from './kinds/apps/daemonsets/kind.ts';
import { deployment } from './kinds/apps/deployments/kind.ts';
import { replicaSet } from './kinds/apps/replicasets/kind.ts';
import { statefulSet } from './kinds/apps/statefulsets/kind.ts';
import { selfSubjectReview } from './kinds/authentication/selfsubjectreviews/kind.ts';
import { tokenReview } from './kinds/authentication/tokenreviews/kind.ts';
import { localSubjectAccessReview } from './kinds/authorization/localsubjectaccessreviews/kind.ts';
import { selfSubjectAccessReview } from './kinds/authorization/selfsubjectaccessreviews/kind.ts';
import { selfSubjectRulesReview } from './kinds/authorization/selfsubjectrulesreviews/kind.ts';
import { subjectAccessReview } from './kinds/authorization/subjectaccessreviews/kind.ts';
import { horizontalPodAutoscalerV1 } from './kinds/autoscaling/horizontalpodautoscalers-v1/kind.ts';
import { horizontalPodAutoscaler } from './kinds/autoscaling/horizontalpodautoscalers/kind.ts';
import { cronJob } from './kinds/batch/cronjobs/kind.ts';
import { job } from './kinds/batch/jobs/kind.ts';
import { certificateSigningRequest } from './kinds/certificates/certificatesigningrequests/kind.ts';
import { lease } from './kinds/coordination/leases/kind.ts';
import { binding } from './kinds/core/bindings/kind.ts';
import { componentStatus } from './kinds/core/componentstatuses/kind.ts';
import { configMap } from './kinds/core/configmaps/kind.ts';
import { endpoints } from './kinds/core/endpoints/kind.ts';
import { event } from './kinds/core/events/kind.ts';
import { limitRange } from './kinds/core/limitranges/kind.ts';
import { namespace } from './kinds/core/namespaces/kind.ts';
import { node } from './kinds/core/nodes/kind.ts';
import { persistentVolumeClaim } from './kinds/core/persistentvolumeclaims/kind.ts';
import { persistentVolume } from './kinds/core/persistentvolumes/kind.ts';
import { bindPod } from './kinds/core/pods/actions/binding.ts';
import { evictPod } from './kinds/core/pods/actions/eviction.ts';
import { pod } from './kinds/core/pods/kind.ts';
import { podTemplate } from './kinds/core/podtemplates/kind.ts';
import { replicationController } from './kinds/core/replicationcontrollers/kind.ts';
import { resourceQuota } from './kinds/core/resourcequotas/kind.ts';
import { secret } from './kinds/core/secrets/kind.ts';
import { createToken } from './kinds/core/serviceaccounts/actions/token.ts';
import { serviceAccount } from './kinds/core/serviceaccounts/kind.ts';
import { service } from './kinds/core/services/kind.ts';
import { endpointSlice } from './kinds/discovery/endpointslices/kind.ts';
import { eventsEvent } from './kinds/events/events/kind.ts';
import { flowSchema } from './kinds/flowcontrol/flowschemas/kind.ts';
import { priorityLevelConfiguration } from './kinds/flowcontrol/prioritylevelconfigurations/kind.ts';
import { nodeMetrics } from './kinds/metrics/nodes/kind.ts';
import { podMetrics } from './kinds/metrics/pods/kind.ts';
import { ingressClass } from './kinds/networking/ingressclasses/kind.ts';
import { ingress } from './kinds/networking/ingresses/kind.ts';
import { ipAddress } from './kinds/networking/ipaddresses/kind.ts';
import { networkPolicy } from './kinds/networking/networkpolicies/kind.ts';
import { serviceCidr } from './kinds/networking/servicecidrs/kind.ts';
import { runtimeClass } from './kinds/node/runtimeclasses/kind.ts';
import { podDisruptionBudget } from './kinds/policy/poddisruptionbudgets/kind.ts';
import { clusterRoleBinding } from './kinds/rbac/clusterrolebindings/kind.ts';
import { clusterRole } from './kinds/rbac/clusterroles/kind.ts';
import { roleBinding } from './kinds/rbac/rolebindings/kind.ts';
import { role } from './kinds/rbac/roles/kind.ts';
import { deviceClass } from './kinds/resource/deviceclasses/kind.ts';
import { resourceClaim } from './kinds/resource/resourceclaims/kind.ts';
import { resourceClaimTemplate } from './kinds/resource/resourceclaimtemplates/kind.ts';
import { resourceSlice } from './kinds/resource/resourceslices/kind.ts';
import { priorityClass } from './kinds/scheduling/priorityclasses/kind.ts';
import { csiDriver } from './kinds/storage/csidrivers/kind.ts';
import { csiNode } from './kinds/storage/csinodes/kind.ts';
import { csiStorageCapacity } from './kinds/storage/csistoragecapacities/kind.ts';
import { storageClass } from './kinds/storage/storageclasses/kind.ts';
import { volumeAttachment } from './kinds/storage/volumeattachments/kind.ts';
import { volumeAttributesClass } from './kinds/storage/volumeattributesclasses/kind.ts';
import { nodePool } from './kinds/vivakube/nodepools/kind.ts';
import { nodePressureController } from './kubelet/pressure/controller.ts';
import { podLog } from './nodes/actions/log.ts';
import { podProxy } from './nodes/actions/proxies.ts';
import { serviceProxy } from './nodes/actions/proxies.ts';
import { nodeProxy } from './nodes/actions/proxies.ts';
import { podExec } from './nodes/actions/streams.ts';
import { podAttach } from './nodes/actions/streams.ts';
import { podPortForward } from './nodes/actions/streams.ts';
import { kubelet } from './nodes/kubelet.ts';
import { nodePoolController } from './nodes/pool/controller.ts';
import { scheduler } from './scheduler/controller.ts';
import { schedulingExplanation } from './scheduler/explanations/kind.ts';

export const KINDS = [
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  mutatingWebhookConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
  customResourceDefinition,
  apiService,
  controllerRevision,
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
  selfSubjectReview,
  tokenReview,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  horizontalPodAutoscaler,
  horizontalPodAutoscalerV1,
  cronJob,
  job,
  certificateSigningRequest,
  lease,
  binding,
  componentStatus,
  configMap,
  endpoints,
  event,
  limitRange,
  namespace,
  node,
  persistentVolumeClaim,
  persistentVolume,
  pod,
  podTemplate,
  replicationController,
  resourceQuota,
  secret,
  serviceAccount,
  service,
  endpointSlice,
  eventsEvent,
  flowSchema,
  priorityLevelConfiguration,
  nodeMetrics,
  podMetrics,
  ingressClass,
  ingress,
  ipAddress,
  networkPolicy,
  serviceCidr,
  runtimeClass,
  podDisruptionBudget,
  clusterRoleBinding,
  clusterRole,
  roleBinding,
  role,
  deviceClass,
  resourceClaim,
  resourceClaimTemplate,
  resourceSlice,
  priorityClass,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttachment,
  volumeAttributesClass,
  nodePool,
  schedulingExplanation,
] as unknown as readonly KindDefinition[];

export const CONTROLLERS: readonly Controller[] = [
  apiServiceAvailabilityController,
  apiServiceRegistrationController,
  attachDetachController,
  clusterRoleAggregationController,
  cronJobController,
  csiNodeController,
  csrApprovingController,
  csrCleanerController,
  csrSigningController,
  customResourceDefinitionController,
  daemonSetController,
  deploymentController,
  disruptionController,
  staleDisruptionController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  ephemeralVolumeController,
  eventTtlController,
  garbageCollectorController,
  horizontalPodAutoscalerController,
  ipAddressesController,
  jobController,
  kubernetesServiceController,
  namespaceController,
  nodeLifecycleController,
  persistentVolumeController,
  podGcController,
  pvcProtectionController,
  pvProtectionController,
  replicaSetController,
  replicationControllerController,
  resourceClaimController,
  resourceQuotaController,
  rootCaController,
  serviceAccountController,
  serviceAccountTokenController,
  serviceCidrsController,
  serviceLoadBalancerController,
  statefulSetController,
  staticPodController,
  taintEvictionController,
  ttlAfterFinishedController,
  vacProtectionController,
  validatingAdmissionPolicyStatusController,
  volumeExpandController,
  volumeModifyController,
  nodePressureController,
  kubelet,
  nodePoolController,
  scheduler,
];

export const ACTIONS: readonly (Action | Connection)[] = [
  bindPod,
  evictPod,
  createToken,
  podLog,
  podProxy,
  serviceProxy,
  nodeProxy,
  podExec,
  podAttach,
  podPortForward,
];
