/**
 * Internal types of the API server as far as errors print them: fields in the order of the struct, under their Go names.
 * `Name` is a string, `Name:type` anything else, `Name=json:type` names the field of the API, `@Type` is embedded.
 * Models pkg/apis/{apps,autoscaling,batch,core,policy}/types.go.
 */
export const GO_TYPES = {
  // Workloads
  DeploymentStrategy: 'Type RollingUpdate:*RollingUpdate',
  DaemonSetUpdateStrategy: 'Type RollingUpdate:*RollingUpdate',
  RollingUpdate: 'MaxUnavailable:intstr MaxSurge:intstr',
  StatefulSetUpdateStrategy: 'Type RollingUpdate:*RollingUpdateStatefulSet',
  RollingUpdateStatefulSet: 'Partition:int MaxUnavailable:*intstr',
  SuccessPolicy: 'Rules:[]SuccessPolicyRule',
  SuccessPolicyRule: 'SucceededIndexes:*string SucceededCount:*int',
  PodDisruptionBudgetSpec: 'MinAvailable:*intstr Selector:*selector MaxUnavailable:*intstr UnhealthyPodEvictionPolicy:*string',
  HPABehavior: 'ScaleUp:*HPAScalingRules ScaleDown:*HPAScalingRules',
  HPAScalingRules: 'StabilizationWindowSeconds:*int SelectPolicy:*string Policies:[]HPAScalingPolicy Tolerance:*quantity',
  HPAScalingPolicy: 'Type Value:int PeriodSeconds:int',
  // The pod
  PodTemplateSpec: '@meta Spec:PodSpec',
  PodSpec:
    'Volumes:[]Volume InitContainers:[]Container Containers:[]Container EphemeralContainers:[]EphemeralContainer RestartPolicy ' +
    'TerminationGracePeriodSeconds:*int ActiveDeadlineSeconds:*int DNSPolicy=dnsPolicy NodeSelector:map ServiceAccountName ' +
    'AutomountServiceAccountToken:*bool NodeName SecurityContext:*PodSecurityContext ImagePullSecrets:[]LocalObjectReference Hostname Subdomain ' +
    'SetHostnameAsFQDN:*bool Affinity:*Affinity SchedulerName Tolerations:[]Toleration HostAliases:[]HostAlias PriorityClassName Priority:*int ' +
    'PreemptionPolicy:*string DNSConfig=dnsConfig:*PodDNSConfig ReadinessGates:[]PodReadinessGate RuntimeClassName:*string Overhead:map ' +
    'EnableServiceLinks:*bool TopologySpreadConstraints:[]TopologySpreadConstraint OS=os:*PodOS SchedulingGates:[]PodSchedulingGate ' +
    'ResourceClaims:[]PodResourceClaim Resources:*ResourceRequirements HostnameOverride:*string SchedulingGroup:*any',
  PodSecurityContext:
    'HostNetwork:bool HostPID:bool HostIPC:bool ShareProcessNamespace:*bool HostUsers:*bool SELinuxOptions=seLinuxOptions:*SELinuxOptions ' +
    'WindowsOptions:*WindowsSecurityContextOptions RunAsUser:*int RunAsGroup:*int RunAsNonRoot:*bool SupplementalGroups:[]int ' +
    'SupplementalGroupsPolicy:*string FSGroup=fsGroup:*int Sysctls:[]Pair FSGroupChangePolicy=fsGroupChangePolicy:*string ' +
    'SeccompProfile:*Profile AppArmorProfile:*Profile SELinuxChangePolicy=seLinuxChangePolicy:*string',
  SecurityContext:
    'Capabilities:*Capabilities Privileged:*bool SELinuxOptions=seLinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions ' +
    'RunAsUser:*int RunAsGroup:*int RunAsNonRoot:*bool ReadOnlyRootFilesystem:*bool AllowPrivilegeEscalation:*bool ProcMount:*string ' +
    'SeccompProfile:*Profile AppArmorProfile:*Profile',
  Capabilities: 'Add:[]string Drop:[]string',
  SELinuxOptions: 'User Role Type Level',
  WindowsSecurityContextOptions:
    'GMSACredentialSpecName=gmsaCredentialSpecName:*string GMSACredentialSpec=gmsaCredentialSpec:*string RunAsUserName:*string HostProcess:*bool',
  Profile: 'Type LocalhostProfile:*string',
  Pair: 'Name Value',
  Affinity: 'NodeAffinity:*NodeAffinity PodAffinity:*PodAffinity PodAntiAffinity:*PodAffinity',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution:*NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm',
  NodeSelector: 'NodeSelectorTerms:[]NodeSelectorTerm',
  NodeSelectorTerm: 'MatchExpressions:[]Requirement MatchFields:[]Requirement',
  Requirement: 'Key Operator Values:[]string',
  PreferredSchedulingTerm: 'Weight:int Preference:NodeSelectorTerm',
  PodAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm',
  PodAffinityTerm:
    'LabelSelector:*selector Namespaces:[]string TopologyKey NamespaceSelector:*selector MatchLabelKeys:[]string MismatchLabelKeys:[]string',
  WeightedPodAffinityTerm: 'Weight:int PodAffinityTerm:PodAffinityTerm',
  Toleration: 'Key Operator Value Effect TolerationSeconds:*int',
  HostAlias: 'IP=ip Hostnames:[]string',
  PodDNSConfig: 'Nameservers:[]string Searches:[]string Options:[]PodDNSConfigOption',
  PodDNSConfigOption: 'Name Value:*string',
  PodReadinessGate: 'ConditionType',
  TopologySpreadConstraint:
    'MaxSkew:int TopologyKey WhenUnsatisfiable LabelSelector:*selector MinDomains:*int NodeAffinityPolicy:*string NodeTaintsPolicy:*string ' +
    'MatchLabelKeys:[]string',
  PodOS: 'Name',
  PodSchedulingGate: 'Name',
  PodResourceClaim: 'Name ResourceClaimName:*string ResourceClaimTemplateName:*string',
  LocalObjectReference: 'Name',
  // Containers
  Container:
    'Name Image Command:[]string Args:[]string WorkingDir Ports:[]ContainerPort EnvFrom:[]EnvFromSource Env:[]EnvVar ' +
    'Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy RestartPolicy:*string RestartPolicyRules:[]ContainerRestartRule ' +
    'VolumeMounts:[]VolumeMount VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe ' +
    'Lifecycle:*Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext:*SecurityContext Stdin:bool ' +
    'StdinOnce:bool TTY=tty:bool',
  EphemeralContainer: '@Container TargetContainerName',
  ContainerPort: 'Name HostPort:int ContainerPort:int Protocol HostIP',
  EnvFromSource: 'Prefix ConfigMapRef:*EnvSource SecretRef:*EnvSource',
  EnvSource: 'Name Optional:*bool',
  EnvVar: 'Name Value ValueFrom:*EnvVarSource',
  EnvVarSource:
    'FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector ConfigMapKeyRef:*KeySelector SecretKeyRef:*KeySelector ' +
    'FileKeyRef:*FileKeySelector',
  ObjectFieldSelector: 'APIVersion=apiVersion FieldPath',
  ResourceFieldSelector: 'ContainerName Resource Divisor:quantity',
  KeySelector: 'Name Key Optional:*bool',
  FileKeySelector: 'VolumeName Path Key Optional:*bool',
  ResourceRequirements: 'Limits:map Requests:map Claims:[]ResourceClaim',
  ResourceClaim: 'Name Request',
  ContainerResizePolicy: 'ResourceName RestartPolicy',
  ContainerRestartRule: 'Action ExitCodes:*ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'Operator Values:[]int',
  VolumeMount: 'Name ReadOnly:bool RecursiveReadOnly:*string MountPath SubPath MountPropagation:*string SubPathExpr',
  VolumeDevice: 'Name DevicePath',
  Probe:
    'Exec:*ExecAction HTTPGet=httpGet:*HTTPGetAction TCPSocket=tcpSocket:*TCPSocketAction GRPC=grpc:*GRPCAction InitialDelaySeconds:int ' +
    'TimeoutSeconds:int PeriodSeconds:int SuccessThreshold:int FailureThreshold:int TerminationGracePeriodSeconds:*int',
  ExecAction: 'Command:[]string',
  HTTPGetAction: 'Path Port:intstr Host Scheme HTTPHeaders=httpHeaders:[]Pair',
  TCPSocketAction: 'Port:intstr Host',
  GRPCAction: 'Port:int Service:*string',
  Lifecycle: 'PostStart:*LifecycleHandler PreStop:*LifecycleHandler StopSignal:*string',
  LifecycleHandler: 'Exec:*ExecAction HTTPGet=httpGet:*HTTPGetAction TCPSocket=tcpSocket:*TCPSocketAction Sleep:*SleepAction',
  SleepAction: 'Seconds:int',
  // Volumes
  Volume:
    'Name HostPath:*HostPath EmptyDir:*EmptyDir GCEPersistentDisk=gcePersistentDisk:*GCEDisk AWSElasticBlockStore=awsElasticBlockStore:*AWSDisk ' +
    'GitRepo:*GitRepo Secret:*SecretVolume NFS=nfs:*NFS ISCSI=iscsi:*ISCSI Glusterfs:*Glusterfs PersistentVolumeClaim:*ClaimVolume RBD=rbd:*RBD ' +
    'Quobyte:*Quobyte FlexVolume:*Flex Cinder:*Cinder CephFS=cephfs:*CephFS Flocker:*Flocker DownwardAPI:*DownwardAPI FC=fc:*FC ' +
    'AzureFile:*AzureFile ConfigMap:*ConfigMapVolume VsphereVolume:*Vsphere AzureDisk:*AzureDisk PhotonPersistentDisk:*Photon ' +
    'Projected:*Projected PortworxVolume:*Portworx ScaleIO:*ScaleIO StorageOS=storageos:*StorageOS CSI=csi:*CSI Ephemeral:*Ephemeral Image:*Image',
  HostPath: 'Path Type:*string',
  EmptyDir: 'Medium SizeLimit:*quantity',
  GCEDisk: 'PDName=pdName FSType=fsType Partition:int ReadOnly:bool',
  AWSDisk: 'VolumeID FSType=fsType Partition:int ReadOnly:bool',
  GitRepo: 'Repository Revision Directory',
  SecretVolume: 'SecretName Items:[]KeyToPath DefaultMode:*int Optional:*bool',
  ConfigMapVolume: 'Name Items:[]KeyToPath DefaultMode:*int Optional:*bool',
  KeyToPath: 'Key Path Mode:*int',
  NFS: 'Server Path ReadOnly:bool',
  ISCSI:
    'TargetPortal IQN=iqn Lun:int ISCSIInterface=iscsiInterface FSType=fsType ReadOnly:bool Portals:[]string ' +
    'DiscoveryCHAPAuth=chapAuthDiscovery:bool SessionCHAPAuth=chapAuthSession:bool SecretRef:*SecretReference InitiatorName:*string',
  Glusterfs: 'EndpointsName=endpoints Path ReadOnly:bool',
  ClaimVolume: 'ClaimName ReadOnly:bool',
  RBD: 'CephMonitors=monitors:[]string RBDImage=image FSType=fsType RBDPool=pool RadosUser=user Keyring SecretRef:*SecretReference ReadOnly:bool',
  Quobyte: 'Registry Volume ReadOnly:bool User Group Tenant',
  Flex: 'Driver FSType=fsType SecretRef:*SecretReference ReadOnly:bool Options:map',
  Cinder: 'VolumeID FSType=fsType ReadOnly:bool SecretRef:*SecretReference',
  CephFS: 'Monitors:[]string Path User SecretFile SecretRef:*SecretReference ReadOnly:bool',
  Flocker: 'DatasetName DatasetUUID',
  DownwardAPI: 'Items:[]DownwardAPIFile DefaultMode:*int',
  DownwardAPIFile: 'Path FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector Mode:*int',
  FC: 'TargetWWNs:[]string Lun:*int FSType=fsType ReadOnly:bool WWIDs=wwids:[]string',
  AzureFile: 'SecretName ShareName ReadOnly:bool',
  Vsphere: 'VolumePath FSType=fsType StoragePolicyName StoragePolicyID',
  AzureDisk: 'DiskName DataDiskURI=diskURI CachingMode:*string FSType=fsType:*string ReadOnly:*bool Kind:*string',
  Photon: 'PdID FSType=fsType',
  Projected: 'Sources:[]Projection DefaultMode:*int',
  Projection:
    'Secret:*KeysProjection DownwardAPI:*DownwardAPIProjection ConfigMap:*KeysProjection ServiceAccountToken:*TokenProjection ' +
    'ClusterTrustBundle:*ClusterTrustBundleProjection PodCertificate:*any',
  KeysProjection: 'Name Items:[]KeyToPath Optional:*bool',
  DownwardAPIProjection: 'Items:[]DownwardAPIFile',
  TokenProjection: 'Audience ExpirationSeconds:int Path',
  ClusterTrustBundleProjection: 'Name:*string SignerName:*string LabelSelector:*selector Optional:*bool Path',
  Portworx: 'VolumeID FSType=fsType ReadOnly:bool',
  ScaleIO:
    'Gateway System SecretRef:*SecretReference SSLEnabled=sslEnabled:bool ProtectionDomain StoragePool StorageMode VolumeName FSType=fsType ' +
    'ReadOnly:bool',
  StorageOS: 'VolumeName VolumeNamespace FSType=fsType ReadOnly:bool SecretRef:*SecretReference',
  CSI: 'Driver ReadOnly:*bool FSType=fsType:*string VolumeAttributes:map NodePublishSecretRef:*LocalObjectReference',
  Ephemeral: 'VolumeClaimTemplate:*ClaimTemplate',
  ClaimTemplate: '@meta Spec:PersistentVolumeClaimSpec',
  Image: 'Reference PullPolicy',
  /** Of a pod's volume it has a name only, of a PersistentVolume a namespace too. */
  SecretReference: 'Name Namespace?',
  // Storage
  PersistentVolumeClaimSpec:
    'AccessModes:[]string Selector:*selector Resources:VolumeResourceRequirements VolumeName StorageClassName:*string VolumeMode:*string ' +
    'DataSource:*TypedLocalObjectReference DataSourceRef:*TypedObjectReference VolumeAttributesClassName:*string',
  VolumeResourceRequirements: 'Limits:map Requests:map',
  TypedLocalObjectReference: 'APIGroup=apiGroup:*string Kind Name',
  TypedObjectReference: 'APIGroup=apiGroup:*string Kind Name Namespace:*string',
  PersistentVolumeSource:
    'GCEPersistentDisk=gcePersistentDisk:*GCEDisk AWSElasticBlockStore=awsElasticBlockStore:*AWSDisk HostPath:*HostPath ' +
    'Glusterfs:*GlusterfsPersistent NFS=nfs:*NFS RBD=rbd:*RBD Quobyte:*Quobyte ISCSI=iscsi:*ISCSI FlexVolume:*Flex Cinder:*Cinder ' +
    'CephFS=cephfs:*CephFS FC=fc:*FC Flocker:*Flocker AzureFile:*AzureFilePersistent VsphereVolume:*Vsphere AzureDisk:*AzureDisk ' +
    'PhotonPersistentDisk:*Photon PortworxVolume:*Portworx ScaleIO:*ScaleIO Local:*LocalVolume StorageOS=storageos:*StorageOS CSI=csi:*CSIPersistent',
  GlusterfsPersistent: 'EndpointsName=endpoints Path ReadOnly:bool EndpointsNamespace:*string',
  AzureFilePersistent: 'SecretName ShareName ReadOnly:bool SecretNamespace:*string',
  LocalVolume: 'Path FSType=fsType:*string',
  CSIPersistent:
    'Driver VolumeHandle ReadOnly:bool FSType=fsType VolumeAttributes:map ControllerPublishSecretRef:*SecretReference ' +
    'NodeStageSecretRef:*SecretReference NodePublishSecretRef:*SecretReference ControllerExpandSecretRef:*SecretReference ' +
    'NodeExpandSecretRef:*SecretReference',
  VolumeNodeAffinity: 'Required:*NodeSelector',
  // The rest of core
  ServicePort: 'Name Protocol AppProtocol:*string Port:int TargetPort:intstr NodePort:int',
  Taint: 'Key Value Effect TimeAdded:*string',
  NodeAddress: 'Type Address',
  ScopeSelector: 'MatchExpressions:[]ScopedResourceSelectorRequirement',
  ScopedResourceSelectorRequirement: 'ScopeName Operator Values:[]string',
  PodIP: 'IP=ip',
  // Other groups
  PodFailurePolicy: 'Rules:[]PodFailurePolicyRule',
  PodFailurePolicyRule: 'Action OnExitCodes:*OnExitCodes OnPodConditions:[]OnPodConditionsPattern',
  OnExitCodes: 'ContainerName:*string Operator Values:[]int',
  OnPodConditionsPattern: 'Type Status',
  ParentReference: 'Group Resource Namespace Name',
  CSINodeDriver: 'Name NodeID=nodeID TopologyKeys:[]string Allocatable:*VolumeNodeResources',
  VolumeNodeResources: 'Count:*int',
  VolumeAttachmentSpec: 'Attacher Source:VolumeAttachmentSource NodeName',
  VolumeAttachmentSource: 'PersistentVolumeName:*string InlineVolumeSpec:*any',
  ResourceClaimTemplateSpec: '@meta Spec:ResourceClaimSpec',
  ResourceClaimSpec: 'Devices:DeviceClaim',
  DeviceClaim: 'Requests:[]DeviceRequest Constraints:[]DeviceConstraint Config:[]DeviceClaimConfiguration',
  DeviceRequest: 'Name Exactly:*ExactDeviceRequest FirstAvailable:[]DeviceSubRequest',
  ExactDeviceRequest:
    'DeviceClassName Selectors:[]DeviceSelector AllocationMode Count:int AdminAccess:*bool Tolerations:[]Toleration Capacity:*CapacityRequirements',
  DeviceSubRequest:
    'Name DeviceClassName Selectors:[]DeviceSelector AllocationMode Count:int Tolerations:[]Toleration Capacity:*CapacityRequirements',
  DeviceAttribute: 'IntValue=int:*int BoolValue=bool:*bool StringValue=string:*string VersionValue=version:*string',
  DeviceSelector: 'CEL=cel:*CELDeviceSelector',
  CELDeviceSelector: 'Expression',
  CapacityRequirements: 'Requests:map',
  DeviceConstraint: 'Requests:[]string MatchAttribute:*string DistinctAttribute:*string',
  DeviceClaimConfiguration: 'Requests:[]string Opaque:*OpaqueDeviceConfiguration',
  OpaqueDeviceConfiguration: 'Driver Parameters:any',
} as const;

export type GoType = keyof typeof GO_TYPES;
