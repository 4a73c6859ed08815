import { defineImage, sizes } from '../image.ts';

export const busybox = defineImage({
  repositories: [
    'docker.io/library/busybox',
    'registry.k8s.io/busybox',
    'registry.k8s.io/e2e-test-images/busybox',
    'gcr.io/google_containers/busybox',
    'quay.io/prometheus/busybox',
  ],
  tags: {
    releases: {
      '1': 37,
      '1.24': 2,
      '1.26': 2,
      '1.27': 2,
      '1.28': 4,
      '1.29': 3,
      '1.30': 1,
      '1.31': 1,
      '1.32': 1,
      '1.33': 1,
      '1.34': 1,
      '1.35': 0,
      '1.36': 1,
      '1.37': 0,
    },
    aliases: ['stable', 'unstable'],
    variants: ['glibc', 'musl', 'uclibc'],
    exact: ['1.29-2', '1.29-4'],
  },
  bytes: sizes({}, 2),
  command: ['sh'],
  shell: true,
});
