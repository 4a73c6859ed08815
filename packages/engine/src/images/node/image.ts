import { defineImage, sizes } from '../image.ts';

export const node = defineImage({
  repositories: ['docker.io/library/node'],
  tags: {
    releases: {
      '10': 24,
      '12': 22,
      '14': 21,
      '16': 20,
      '18': 20,
      '20': 19,
      '22': 21,
      '24': 10,
      '25': 0,
      '18.20': 8,
      '20.19': 5,
      '22.21': 0,
      '24.10': 0,
    },
    aliases: ['lts', 'current', 'iron', 'jod'],
    variants: ['alpine', 'slim', 'bookworm', 'bookworm-slim', 'bullseye', 'bullseye-slim', 'trixie', 'alpine3.22'],
  },
  bytes: sizes({ alpine: 55, slim: 75 }, 400),
  command: ['node'],
  shell: true,
  runtimes: ['node', 'npm', 'npx', 'yarn'],
});
