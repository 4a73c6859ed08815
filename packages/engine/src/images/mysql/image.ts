import { defineImage, sizes } from '../image.ts';

export const mysql = defineImage({
  repositories: ['docker.io/library/mysql'],
  tags: {
    releases: { '5': 7, '5.5': 62, '5.6': 51, '5.7': 44, '8': 4, '8.0': 44, '8.4': 7, '9.0': 1, '9.1': 0, '9.2': 0, '9.3': 0, '9.4': 0, '9.5': 0 },
    aliases: ['lts', 'innovation', '10', '11', '12'],
    variants: ['debian', 'oracle', 'oraclelinux9', 'noble', 'jammy', 'focal'],
  },
  bytes: sizes({}, 230),
  entrypoint: ['docker-entrypoint.sh'],
  command: ['mysqld'],
  server: {
    executables: ['mysqld', 'mariadbd'],
    ports: [3306],
    readyAfterMs: 4000,
    term: { afterMs: 1000, exitCode: 0 },
    refuses: ({ env }) => {
      const names = ['MYSQL'].flatMap((p) => [
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
          '    - MYSQL_ROOT_PASSWORD',
          '    - MYSQL_ALLOW_EMPTY_PASSWORD',
          '    - MYSQL_RANDOM_ROOT_PASSWORD',
        ],
      };
    },
    banner: () => ['[System] [Server] /usr/sbin/mysqld: ready for connections. port: 3306'],
  },
  shell: true,
  tools: ['mysql', 'mariadb', 'mysqladmin', 'mariadb-admin', 'mysqldump'],
});
