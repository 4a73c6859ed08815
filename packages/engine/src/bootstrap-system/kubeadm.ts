import { VERSION } from '../machinery/version.ts';
import type { SystemObject } from './object.ts';

const configMap = (name: string, data: Record<string, string>): SystemObject => ({
  resource: 'core/configmaps',
  object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name, namespace: 'kube-system' }, data },
});

const CLUSTER = `apiServer: {}
apiVersion: kubeadm.k8s.io/v1beta4
caCertificateValidityPeriod: 87600h0m0s
certificateValidityPeriod: 8760h0m0s
certificatesDir: /etc/kubernetes/pki
clusterName: vivakube
controlPlaneEndpoint: vivakube-control-plane:6443
controllerManager: {}
dns: {}
encryptionAlgorithm: RSA-2048
etcd:
  local:
    dataDir: /var/lib/etcd
imageRepository: registry.k8s.io
kind: ClusterConfiguration
kubernetesVersion: ${VERSION.gitVersion}
networking:
  dnsDomain: cluster.local
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12
proxy: {}
scheduler: {}
`;

const KUBELET = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    enabled: true
authorization:
  mode: Webhook
cgroupDriver: systemd
clusterDNS:
- 10.96.0.10
clusterDomain: cluster.local
healthzBindAddress: 127.0.0.1
healthzPort: 10248
kind: KubeletConfiguration
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
`;

/** What an installer leaves behind for those who join and upgrade. Models cmd/kubeadm/app/phases/uploadconfig. */
export const kubeadmObjects = (): SystemObject[] => [
  configMap('kubeadm-config', { ClusterConfiguration: CLUSTER }),
  configMap('kubelet-config', { kubelet: KUBELET }),
];
