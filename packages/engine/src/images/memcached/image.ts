import { defineImage, sizes } from '../image.ts';

export const memcached = defineImage({
  repositories: ['docker.io/library/memcached'],
  tags: { releases: { '1.4': 39, '1.5': 22, '1.6': 39 }, variants: ['alpine', 'bookworm', 'trixie'] },
  bytes: sizes({ alpine: 4 }, 31),
  command: ['memcached'],
  server: {
    executables: ['memcached'],
    ports: [11211],
    readyAfterMs: 100,
    term: { afterMs: 100, exitCode: 0 },
  },
  shell: true,
});
