/** Subjects of the cluster role bindings that every cluster starts with; each is named like its role. Facts: bootstrappolicy/policy.go ClusterRoleBindings. */
export const CLUSTER_ROLE_BINDINGS: Readonly<Record<string, readonly string[]>> = {
  'cluster-admin': ['Group/system:masters'],
  'system:basic-user': ['Group/system:authenticated'],
  'system:cluster-trust-bundle-discovery': ['Group/system:serviceaccounts'],
  'system:discovery': ['Group/system:authenticated'],
  'system:kube-controller-manager': ['User/system:kube-controller-manager'],
  'system:kube-dns': ['ServiceAccount/kube-system/kube-dns'],
  'system:kube-scheduler': ['User/system:kube-scheduler'],
  'system:monitoring': ['Group/system:monitoring'],
  // Kubelets are let in by the node authorizer.
  'system:node': [],
  'system:node-proxier': ['User/system:kube-proxy'],
  'system:public-info-viewer': ['Group/system:authenticated', 'Group/system:unauthenticated'],
  'system:service-account-issuer-discovery': ['Group/system:serviceaccounts'],
  'system:volume-scheduler': ['User/system:kube-scheduler'],
};

/** Roles of single namespaces and who has them. Facts: bootstrappolicy/namespace_policy.go. */
export interface NamespacedRole {
  namespace: string;
  name: string;
  rules: readonly string[];
  /** Name of the binding, where it is not the role's. */
  binding?: string;
  subjects: readonly string[];
}

const EVENTS = 'create,patch,update core,events.k8s.io: events';

export const NAMESPACED_ROLES: readonly NamespacedRole[] = [
  {
    namespace: 'kube-public',
    name: 'system:controller:bootstrap-signer',
    rules: ['get,list,watch core: configmaps', 'update core: configmaps [cluster-info]', EVENTS],
    subjects: ['ServiceAccount/kube-system/bootstrap-signer'],
  },
  {
    namespace: 'kube-system',
    name: 'extension-apiserver-authentication-reader',
    rules: ['get,list,watch core: configmaps [extension-apiserver-authentication]'],
    binding: 'system::extension-apiserver-authentication-reader',
    subjects: ['User/system:kube-controller-manager', 'User/system:kube-scheduler'],
  },
  {
    namespace: 'kube-system',
    name: 'system::leader-locking-kube-controller-manager',
    rules: ['watch core: configmaps', 'get,update core: configmaps [kube-controller-manager]'],
    subjects: ['User/system:kube-controller-manager', 'ServiceAccount/kube-system/kube-controller-manager'],
  },
  {
    namespace: 'kube-system',
    name: 'system::leader-locking-kube-scheduler',
    rules: ['watch core: configmaps', 'get,update core: configmaps [kube-scheduler]'],
    subjects: ['User/system:kube-scheduler', 'ServiceAccount/kube-system/kube-scheduler'],
  },
  {
    namespace: 'kube-system',
    name: 'system:controller:bootstrap-signer',
    rules: ['get,list,watch core: secrets'],
    subjects: ['ServiceAccount/kube-system/bootstrap-signer'],
  },
  {
    namespace: 'kube-system',
    name: 'system:controller:cloud-provider',
    rules: ['create,get,list,watch core: configmaps'],
    subjects: ['ServiceAccount/kube-system/cloud-provider'],
  },
  {
    namespace: 'kube-system',
    name: 'system:controller:token-cleaner',
    rules: ['delete,get,list,watch core: secrets', EVENTS],
    subjects: ['ServiceAccount/kube-system/token-cleaner'],
  },
];
