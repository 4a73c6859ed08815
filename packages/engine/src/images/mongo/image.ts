import { defineImage, sizes } from '../image.ts';

export const mongo = defineImage({
  repositories: ['docker.io/library/mongo'],
  tags: {
    releases: { '4.0': 28, '4.2': 24, '4.4': 29, '5.0': 31, '6.0': 26, '7.0': 25, '8.0': 15, '8.2': 1 },
    variants: ['jammy', 'focal', 'noble'],
  },
  bytes: sizes({}, 270),
  command: ['mongod'],
  server: {
    executables: ['mongod'],
    ports: [27017],
    readyAfterMs: 2000,
    term: { afterMs: 100, exitCode: 0 },
    banner: () => ['{"s":"I","c":"NETWORK","id":23016,"ctx":"listener","msg":"Waiting for connections","attr":{"port":27017,"ssl":"off"}}'],
  },
  shell: true,
  tools: ['mongosh', 'mongo'],
});
