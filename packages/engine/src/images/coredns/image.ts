import { defineImage, sizes } from '../image.ts';

export const coredns = defineImage({
  repositories: ['registry.k8s.io/coredns/coredns', 'docker.io/coredns/coredns'],
  tags: {
    releases: { '1.8': 7, '1.9': 4, '1.10': 1, '1.11': 4, '1.12': 4, '1.13': 2 },
    exact: ['v1.8.6', 'v1.9.3', 'v1.10.1', 'v1.11.1', 'v1.11.3', 'v1.12.0', 'v1.12.1', 'v1.13.1', 'v1.14.1'],
  },
  bytes: sizes({}, 22),
  command: ['/coredns'],
  server: {
    executables: ['coredns'],
    ports: [53, 8080, 8181, 9153],
    readyAfterMs: 500,
    term: { afterMs: 5000, exitCode: 0 },
    banner: () => ['.:53', '[INFO] plugin/reload: Running configuration', 'CoreDNS-1.14.1', 'linux/amd64, go1.26.0'],
  },
  shell: false,
});
