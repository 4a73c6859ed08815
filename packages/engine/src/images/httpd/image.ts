import { defineImage, sizes } from '../image.ts';

export const httpd = defineImage({
  repositories: ['docker.io/library/httpd'],
  tags: { releases: { '2.2': 34, '2.4': 66 }, variants: ['alpine', 'bookworm', 'bullseye', 'trixie'] },
  bytes: sizes({ alpine: 20 }, 58),
  command: ['httpd-foreground'],
  server: {
    executables: ['httpd-foreground', 'httpd', 'apachectl'],
    ports: [80],
    readyAfterMs: 200,
    term: { afterMs: 100, exitCode: 0 },
    status: (path) => (/^\/(index\.html)?(\?|$)/.test(path) ? 200 : 404),
    banner: () => [
      "AH00558: httpd: Could not reliably determine the server's fully qualified domain name. Set the 'ServerName' directive globally to suppress this message",
      '[mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.66 (Unix) configured -- resuming normal operations',
      "[core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'",
    ],
  },
  shell: true,
});
