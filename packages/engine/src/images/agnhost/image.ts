import { defineImage, sizes } from '../image.ts';

const LIVE_MS = 10_000;

export const agnhost = defineImage({
  repositories: ['registry.k8s.io/e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost'],
  tags: { releases: { '2': 63 }, exact: ['2.10', '2.32', '2.39', '2.40', '2.43', '2.45', '2.47', '2.52', '2.53', '2.56', '2.59'] },
  bytes: sizes({}, 52),
  entrypoint: ['/agnhost'],
  command: ['pause'],
  server: {
    executables: ['agnhost'],
    ports: [5000, 8080, 8081, 9376],
    grpc: [5000],
    readyAfterMs: 100,
    term: { afterMs: 100, exitCode: 2 },
    // Models test/images/agnhost/liveness: well for ten seconds.
    status: (path, { atMs, args }) => (args[0] === 'liveness' && path.startsWith('/healthz') && atMs >= LIVE_MS ? 500 : 200),
    changesAtMs: (args) => (args[0] === 'liveness' ? [LIVE_MS] : []),
  },
  shell: true,
});
