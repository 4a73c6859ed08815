import { defineImage, sizes } from '../image.ts';

export const gbFrontend = defineImage({
  repositories: [
    'gcr.io/google_samples/gb-frontend',
    'gcr.io/google-samples/gb-frontend',
    'us-docker.pkg.dev/google-samples/containers/gke/gb-frontend',
  ],
  tags: { exact: ['v3', 'v4', 'v5', 'v6'] },
  bytes: sizes({}, 160),
  command: ['apache2-foreground'],
  server: {
    executables: ['apache2-foreground'],
    ports: [80],
    readyAfterMs: 300,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => ["AH00094: Command line: 'apache2 -D FOREGROUND'"],
  },
  shell: true,
});
