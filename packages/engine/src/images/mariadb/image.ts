import { defineImage, sizes } from '../image.ts';

export const mariadb = defineImage({
  repositories: ['docker.io/library/mariadb'],
  tags: {
    releases: { '10.3': 39, '10.4': 34, '10.5': 29, '10.6': 24, '10.11': 15, '11.4': 9, '11.8': 5, '12.0': 2 },
    aliases: ['lts', 'innovation', '10', '11', '12'],
    variants: ['debian', 'oracle', 'oraclelinux9', 'noble', 'jammy', 'focal'],
  },
  bytes: sizes({}, 120),
  entrypoint: ['docker-entrypoint.sh'],
  command: ['mariadbd'],
  server: {
    executables: ['mysqld', 'mariadbd'],
    ports: [3306],
    readyAfterMs: 4000,
    term: { afterMs: 1000, exitCode: 0 },
    refuses: ({ env }) => {
      const names = ['MARIADB', 'MYSQL'].flatMap((p) => [
        `${p}_ROOT_PASSWORD`,
        `${p}_ROOT_PASSWORD_FILE`,
        `${p}_ALLOW_EMPTY_PASSWORD`,
        `${p}_ALLOW_EMPTY_ROOT_PASSWORD`,
        `${p}_RANDOM_ROOT_PASSWORD`,
      ]);
      if (names.some((n) => env.get(n))) return undefined;
      return {
        exitCode: 1,
        lines: [
          '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
          '    You need to specify one of the following as an environment variable:',
          '    - MARIADB_ROOT_PASSWORD',
          '    - MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
          '    - MARIADB_RANDOM_ROOT_PASSWORD',
        ],
      };
    },
    banner: () => ['[System] [Server] /usr/sbin/mariadbd: ready for connections. port: 3306'],
  },
  shell: true,
  tools: ['mysql', 'mariadb', 'mysqladmin', 'mariadb-admin', 'mysqldump'],
});
