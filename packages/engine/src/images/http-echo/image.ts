import { defineImage, sizes } from '../image.ts';

export const httpEcho = defineImage({
  repositories: ['docker.io/hashicorp/http-echo'],
  tags: { releases: { '0.1': 0, '0.2': 3, '1.0': 0 }, aliases: ['1'] },
  bytes: sizes({}, 4),
  command: ['/http-echo'],
  server: {
    executables: ['http-echo'],
    ports: [5678],
    readyAfterMs: 0,
    term: { afterMs: 100, exitCode: 0 },
  },
  shell: false,
});
