import { defineImage, sizes } from '../image.ts';

export const perl = defineImage({
  repositories: ['docker.io/library/perl'],
  tags: {
    releases: { '5': 42, '5.30': 3, '5.32': 1, '5.34': 3, '5.36': 3, '5.38': 4, '5.40': 3, '5.42': 0 },
    variants: ['slim', 'bookworm', 'trixie', 'slim-bookworm', 'threaded'],
  },
  bytes: sizes({ slim: 50 }, 335),
  command: ['perl'],
  shell: true,
  tools: ['perl', 'cpan'],
});
