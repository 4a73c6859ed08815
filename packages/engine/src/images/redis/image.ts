import { defineImage, sizes } from '../image.ts';

export const redis = defineImage({
  repositories: ['docker.io/library/redis', 'registry.k8s.io/redis', 'registry.k8s.io/e2e-test-images/redis'],
  tags: {
    releases: { '2.8': 23, '3.2': 12, '4.0': 14, '5.0': 14, '6.0': 20, '6.2': 20, '7.0': 15, '7.2': 11, '7.4': 6, '8.0': 4, '8.2': 2 },
    variants: ['alpine', 'bookworm', 'alpine3.21'],
    exact: ['e2e'],
  },
  bytes: sizes({ alpine: 17 }, 48),
  entrypoint: ['docker-entrypoint.sh'],
  command: ['redis-server'],
  server: {
    executables: ['redis-server'],
    ports: [6379],
    readyAfterMs: 100,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => [
      '1:C * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
      '1:M * Running mode=standalone, port=6379.',
      '1:M * Server initialized',
      '1:M * Ready to accept connections tcp',
    ],
  },
  shell: true,
  tools: ['redis-cli', 'redis-benchmark'],
});
