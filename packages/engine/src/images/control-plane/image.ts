import { defineImage, sizes } from '../image.ts';

const RELEASES = { '1.33': 9, '1.34': 6, '1.35': 3, '1.36': 2 };

const component = (name: string, port: number, sizeMb: number) =>
  defineImage({
    repositories: [`registry.k8s.io/${name}`],
    tags: { releases: RELEASES, prefix: 'v' },
    bytes: sizes({}, sizeMb),
    command: [name],
    server: { executables: [name], ports: [port], readyAfterMs: 1000, term: { afterMs: 500, exitCode: 0 } },
    shell: false,
  });

export const kubeApiserver = component('kube-apiserver', 6443, 27);
export const kubeControllerManager = component('kube-controller-manager', 10257, 22);
export const kubeScheduler = component('kube-scheduler', 10259, 17);
export const kubeProxy = component('kube-proxy', 10249, 26);

export const etcd = defineImage({
  repositories: ['registry.k8s.io/etcd', 'quay.io/coreos/etcd'],
  tags: {
    releases: { '3.5': 24, '3.6': 6 },
    exact: [
      '3.5.0-0',
      '3.5.1-0',
      '3.5.3-0',
      '3.5.4-0',
      '3.5.6-0',
      '3.5.7-0',
      '3.5.9-0',
      '3.5.10-0',
      '3.5.12-0',
      '3.5.15-0',
      '3.5.16-0',
      '3.5.21-0',
      '3.5.24-0',
      '3.6.4-0',
      '3.6.5-0',
      '3.6.6-0',
    ],
    prefix: 'v',
  },
  bytes: sizes({}, 58),
  command: ['etcd'],
  server: { grpc: [2379], executables: ['etcd'], ports: [2379, 2380, 2381], readyAfterMs: 1000, term: { afterMs: 500, exitCode: 0 } },
  shell: false,
});
