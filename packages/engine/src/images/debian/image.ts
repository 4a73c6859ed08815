import { defineImage, sizes } from '../image.ts';

export const debian = defineImage({
  repositories: ['docker.io/library/debian'],
  tags: {
    releases: { '8': 11, '9': 13, '10': 13, '11': 11, '12': 12, '13': 1 },
    aliases: ['stable', 'testing', 'unstable', 'sid', 'buster', 'bullseye', 'bookworm', 'trixie', 'jessie', 'stretch'],
    variants: ['slim'],
  },
  bytes: sizes({ slim: 29 }, 49),
  command: ['bash'],
  shell: true,
});
