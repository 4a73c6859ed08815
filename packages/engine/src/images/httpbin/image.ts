import { defineImage, sizes } from '../image.ts';

export const httpbin = defineImage({
  repositories: ['docker.io/kennethreitz/httpbin', 'docker.io/mccutchen/go-httpbin'],
  tags: { releases: { '2': 18 }, exact: ['v2.15.0', 'v2.18.3'] },
  bytes: sizes({}, 175),
  command: ['gunicorn', '-b', '0.0.0.0:80', 'httpbin:app'],
  server: {
    executables: ['gunicorn', 'go-httpbin'],
    ports: [80, 8080],
    readyAfterMs: 800,
    term: { afterMs: 100, exitCode: 0 },
    status: (path) => Number(/^\/status\/(\d{3})/.exec(path)?.[1] ?? 200),
    banner: () => ['[INFO] Starting gunicorn 19.9.0', '[INFO] Listening at: http://0.0.0.0:80 (1)'],
  },
  shell: true,
});
