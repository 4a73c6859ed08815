import { defineImage, sizes } from '../image.ts';

export const php = defineImage({
  repositories: ['docker.io/library/php'],
  tags: {
    releases: { '5.6': 40, '7.2': 34, '7.3': 33, '7.4': 33, '8.0': 30, '8.1': 33, '8.2': 29, '8.3': 26, '8.4': 13 },
    aliases: ['8', '7', 'apache', 'fpm', 'cli'],
    variants: ['apache', 'fpm', 'cli', 'alpine', 'fpm-alpine', 'cli-alpine', 'zts'],
  },
  bytes: sizes({ alpine: 33 }, 175),
  command: ['apache2-foreground'],
  server: { executables: ['apache2-foreground', 'php-fpm'], ports: [80, 9000], readyAfterMs: 300, term: { afterMs: 100, exitCode: 0 } },
  shell: true,
  runtimes: ['php', 'composer'],
});
