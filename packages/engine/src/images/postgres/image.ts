import { defineImage, sizes } from '../image.ts';

export const postgres = defineImage({
  repositories: ['docker.io/library/postgres'],
  tags: {
    releases: { '9': 6, '9.6': 24, '10': 23, '11': 22, '12': 22, '13': 22, '14': 19, '15': 14, '16': 10, '17': 6, '18': 0 },
    variants: ['alpine', 'bookworm', 'bullseye', 'trixie', 'alpine3.22'],
  },
  bytes: sizes({ alpine: 110 }, 160),
  entrypoint: ['docker-entrypoint.sh'],
  command: ['postgres'],
  server: {
    executables: ['postgres'],
    ports: [5432],
    readyAfterMs: 2000,
    term: { afterMs: 300, exitCode: 0 },
    refuses: ({ env }) =>
      env.get('POSTGRES_PASSWORD') || env.get('POSTGRES_PASSWORD_FILE') || env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust'
        ? undefined
        : {
            exitCode: 1,
            lines: [
              'Error: Database is uninitialized and superuser password is not specified.',
              '       You must specify POSTGRES_PASSWORD to a non-empty value for the',
              '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
              '',
              '       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all',
              '       connections without a password. This is *not* recommended.',
              '',
              '       See PostgreSQL documentation about "trust":',
              '       https://www.postgresql.org/docs/current/auth-trust.html',
            ],
          },
    banner: () => [
      'PostgreSQL init process complete; ready for start up.',
      'LOG:  listening on IPv4 address "0.0.0.0", port 5432',
      'LOG:  database system is ready to accept connections',
    ],
  },
  shell: true,
  tools: ['psql', 'pg_isready', 'pg_dump'],
});
