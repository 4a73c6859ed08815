import { defineImage, sizes } from '../image.ts';

/** The CPU-hungry page of the autoscaling walkthrough. */
export const phpApache = defineImage({
  repositories: ['registry.k8s.io/hpa-example', 'k8s.gcr.io/hpa-example'],
  tags: { exact: ['1.0'] },
  bytes: sizes({}, 165),
  command: ['apache2-foreground'],
  server: {
    executables: ['apache2-foreground'],
    ports: [80],
    readyAfterMs: 300,
    term: { afterMs: 100, exitCode: 0 },
    status: (path) => (/^\/(index\.php)?(\?|$)/.test(path) ? 200 : 404),
    banner: () => ["[core:notice] [pid 1] AH00094: Command line: 'apache2 -D FOREGROUND'"],
  },
  shell: true,
});
