import { defineImage, sizes } from '../image.ts';

export const haproxy = defineImage({
  repositories: ['docker.io/library/haproxy'],
  tags: {
    releases: { '2.0': 35, '2.2': 33, '2.4': 30, '2.6': 23, '2.8': 16, '3.0': 12, '3.1': 9, '3.2': 7 },
    aliases: ['lts', '2', '3'],
    variants: ['alpine', 'bookworm', 'trixie'],
  },
  bytes: sizes({ alpine: 13 }, 40),
  command: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
  server: {
    executables: ['haproxy'],
    ports: [80],
    readyAfterMs: 100,
    term: { afterMs: 100, exitCode: 0 },
  },
  shell: true,
});
