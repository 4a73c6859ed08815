import { defineImage, sizes } from '../image.ts';

export const ubuntu = defineImage({
  repositories: ['docker.io/library/ubuntu'],
  tags: {
    exact: [
      '14.04',
      '16.04',
      '18.04',
      '20.04',
      '22.04',
      '24.04',
      '24.10',
      '25.04',
      '25.10',
      'bionic',
      'focal',
      'jammy',
      'noble',
      'plucky',
      'questing',
      'rolling',
      'xenial',
      'trusty',
    ],
  },
  bytes: sizes({}, 29),
  command: ['/bin/bash'],
  shell: true,
});
