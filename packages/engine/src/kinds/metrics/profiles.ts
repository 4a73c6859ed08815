/** What a container of an image uses: at rest, and for each request that it answers. Figures as seen on small clusters, rounded. */
export interface Profile {
  cpuMilli: number;
  memoryMi: number;
  requestCpuMs: number;
  requestMs: number;
}

const profile = (cpuMilli: number, memoryMi: number, requestCpuMs = 0.2, requestMs = 1): Profile => ({ cpuMilli, memoryMi, requestCpuMs, requestMs });

const OTHER = profile(2, 24);

const PROFILES = new Map<string, Profile>(
  Object.entries({
    nginx: profile(0.05, 8),
    'nginx-slim': profile(0.05, 6),
    httpd: profile(1, 9),
    haproxy: profile(1, 30),
    traefik: profile(2, 40),
    'php-apache': profile(0.8, 12, 12, 10),
    'hpa-example': profile(0.8, 12, 12, 10),
    php: profile(1, 16, 4, 8),
    wordpress: profile(2, 90, 40, 60),
    redis: profile(2, 8),
    memcached: profile(1, 6),
    mysql: profile(8, 390, 1, 2),
    mariadb: profile(6, 190, 1, 2),
    postgres: profile(4, 42, 1, 2),
    mongo: profile(9, 170, 1, 2),
    rabbitmq: profile(12, 140, 1, 2),
    busybox: profile(0.01, 1),
    alpine: profile(0.01, 1),
    pause: profile(0.01, 0.5),
    'hello-app': profile(0.1, 4),
    'http-echo': profile(0.1, 4),
    agnhost: profile(0.5, 12),
    etcd: profile(22, 52),
    'kube-apiserver': profile(46, 270),
    'kube-controller-manager': profile(16, 56),
    'kube-scheduler': profile(4, 24),
    'kube-proxy': profile(1, 18),
    coredns: profile(3, 16, 0.1, 0.5),
    kindnetd: profile(1, 12),
    'local-path-provisioner': profile(1, 9),
    'metrics-server': profile(4, 22),
  }),
);

/** By the last part of the repository's name. */
export function profileOf(image: string): Profile {
  const name = image.slice(image.lastIndexOf('/') + 1).replace(/[:@].*$/, '');
  return PROFILES.get(name) ?? OTHER;
}
