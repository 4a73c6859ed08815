import { defineImage, sizes } from '../image.ts';

export const python = defineImage({
  repositories: ['docker.io/library/python'],
  tags: {
    releases: { '2.7': 18, '3.6': 15, '3.7': 17, '3.8': 20, '3.9': 24, '3.10': 19, '3.11': 14, '3.12': 12, '3.13': 9, '3.14': 0 },
    variants: ['alpine', 'slim', 'bookworm', 'slim-bookworm', 'bullseye', 'slim-bullseye', 'trixie', 'slim-trixie', 'alpine3.22'],
  },
  bytes: sizes({ alpine: 18, slim: 45 }, 365),
  command: ['python3'],
  shell: true,
  runtimes: ['python', 'python3', 'pip', 'pip3'],
});
