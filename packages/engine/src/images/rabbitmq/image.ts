import { defineImage, sizes } from '../image.ts';

export const rabbitmq = defineImage({
  repositories: ['docker.io/library/rabbitmq'],
  tags: {
    releases: { '3': 13, '3.8': 34, '3.9': 29, '3.10': 25, '3.11': 28, '3.12': 14, '3.13': 7, '4': 1, '4.0': 9, '4.1': 4 },
    variants: ['management', 'alpine', 'management-alpine'],
  },
  bytes: sizes({ alpine: 65 }, 95),
  command: ['rabbitmq-server'],
  server: {
    executables: ['rabbitmq-server'],
    ports: [5672, 15672],
    readyAfterMs: 4000,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => ['Server startup complete; 4 plugins started.'],
  },
  shell: true,
  tools: ['rabbitmqctl', 'rabbitmq-diagnostics'],
});
