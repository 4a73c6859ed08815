import { defineImage, sizes } from '../image.ts';

export const wordpress = defineImage({
  repositories: ['docker.io/library/wordpress'],
  tags: {
    releases: { '4.8': 3, '4.9': 8, '5.9': 3, '6.0': 3, '6.1': 1, '6.2': 2, '6.4': 3, '6.5': 5, '6.6': 2, '6.7': 2, '6.8': 3 },
    aliases: ['6', '5', '4', 'cli'],
    variants: ['apache', 'fpm', 'fpm-alpine', 'php8.2', 'php8.3', 'php8.3-apache', 'php8.4'],
  },
  bytes: sizes({ alpine: 95 }, 235),
  command: ['apache2-foreground'],
  server: {
    executables: ['apache2-foreground', 'php-fpm'],
    ports: [80],
    readyAfterMs: 1500,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => ['WordPress not found in /var/www/html - copying now...', 'Complete! WordPress has been successfully copied to /var/www/html'],
  },
  shell: true,
});
