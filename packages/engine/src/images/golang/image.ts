import { defineImage, sizes } from '../image.ts';

export const golang = defineImage({
  repositories: ['docker.io/library/golang'],
  tags: {
    releases: { '1.16': 15, '1.17': 13, '1.18': 10, '1.19': 13, '1.20': 14, '1.21': 13, '1.22': 12, '1.23': 12, '1.24': 9, '1.25': 3 },
    variants: ['alpine', 'bookworm', 'bullseye', 'trixie', 'alpine3.22'],
  },
  bytes: sizes({ alpine: 70 }, 300),
  command: ['bash'],
  shell: true,
  runtimes: ['go', 'gofmt'],
});
