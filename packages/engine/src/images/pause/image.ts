import { defineImage } from '../image.ts';

export const pause = defineImage({
  repositories: ['registry.k8s.io/pause', 'k8s.gcr.io/pause', 'gcr.io/google_containers/pause'],
  tags: { releases: { '3': 10, '3.4': 1 }, exact: ['go'] },
  bytes: () => 320_448,
  command: ['/pause'],
  server: {
    executables: ['pause'],
    ports: [],
    readyAfterMs: 0,
    term: { afterMs: 100, exitCode: 0 },
  },
  shell: false,
});
