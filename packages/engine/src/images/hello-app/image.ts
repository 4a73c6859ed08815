import { defineImage, sizes } from '../image.ts';

export const helloApp = defineImage({
  repositories: ['gcr.io/google-samples/hello-app', 'us-docker.pkg.dev/google-samples/containers/gke/hello-app'],
  tags: { exact: ['1.0', '2.0'] },
  bytes: sizes({}, 12),
  command: ['/hello-app'],
  server: {
    executables: ['hello-app'],
    ports: [8080],
    readyAfterMs: 0,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => ['Server listening on port 8080'],
  },
  shell: false,
});
