import { defineImage, sizes } from '../image.ts';

/** The nginx of the Kubernetes documentation. */
export const nginxSlim = defineImage({
  repositories: ['registry.k8s.io/nginx-slim', 'k8s.gcr.io/nginx-slim', 'gcr.io/google_containers/nginx-slim'],
  tags: { exact: ['0.8', '0.20', '0.21', '0.22', '0.23', '0.24', '0.25', '0.26', '0.27'] },
  bytes: sizes({}, 42),
  command: ['nginx', '-g', 'daemon off;'],
  server: {
    executables: ['nginx'],
    ports: [80],
    readyAfterMs: 100,
    term: { afterMs: 100, exitCode: 0 },
    status: (path) => (/^\/(index\.html)?(\?|$)/.test(path) ? 200 : 404),
  },
  shell: true,
});
