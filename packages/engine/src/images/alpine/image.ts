import { defineImage, sizes } from '../image.ts';

export const alpine = defineImage({
  repositories: ['docker.io/library/alpine'],
  tags: {
    releases: {
      '2.6': null,
      '3': 22,
      '3.9': 6,
      '3.10': 9,
      '3.11': 13,
      '3.12': 12,
      '3.13': 12,
      '3.14': 10,
      '3.15': 11,
      '3.16': 9,
      '3.17': 10,
      '3.18': 12,
      '3.19': 9,
      '3.20': 8,
      '3.21': 5,
      '3.22': 2,
    },
    aliases: ['edge'],
  },
  bytes: sizes({}, 3),
  command: ['/bin/sh'],
  shell: true,
});
