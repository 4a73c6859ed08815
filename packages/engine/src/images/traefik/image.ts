import { defineImage, sizes } from '../image.ts';

export const traefik = defineImage({
  repositories: ['docker.io/library/traefik'],
  tags: {
    releases: { '1.7': 34, '2.9': 10, '2.10': 7, '2.11': 30, '3.0': 4, '3.1': 7, '3.2': 5, '3.3': 7, '3.4': 5, '3.5': 4, '3.6': 0 },
    aliases: ['v2.10', 'v2.11', 'v3', 'v3.0', 'v3.1', 'v3.2', 'v3.3', 'v3.4', 'v3.5', 'v3.6', '2', '3'],
    prefix: 'v',
  },
  bytes: sizes({}, 60),
  command: ['traefik'],
  server: {
    executables: ['traefik'],
    ports: [80, 443, 8080],
    readyAfterMs: 300,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => ['INF Traefik version v3 built'],
  },
  shell: true,
});
