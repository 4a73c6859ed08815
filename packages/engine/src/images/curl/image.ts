import { defineImage, sizes } from '../image.ts';

export const curl = defineImage({
  repositories: ['docker.io/curlimages/curl', 'quay.io/curl/curl'],
  tags: {
    releases: {
      '7': 88,
      '7.88': 1,
      '8': 17,
      '8.0': 1,
      '8.1': 2,
      '8.2': 1,
      '8.3': 0,
      '8.4': 0,
      '8.5': 0,
      '8.6': 0,
      '8.7': 1,
      '8.8': 0,
      '8.9': 1,
      '8.10': 1,
      '8.11': 1,
      '8.12': 1,
      '8.13': 0,
      '8.14': 1,
      '8.15': 0,
      '8.16': 0,
      '8.17': 0,
    },
  },
  bytes: sizes({}, 9),
  command: ['curl'],
  shell: true,
  tools: ['curl', '/entrypoint.sh'],
});
