import { agnhost } from './agnhost/image.ts';
import { alpine } from './alpine/image.ts';
import { busybox } from './busybox/image.ts';
import { etcd, kubeApiserver, kubeControllerManager, kubeProxy, kubeScheduler } from './control-plane/image.ts';
import { coredns } from './coredns/image.ts';
import { curl } from './curl/image.ts';
import { debian } from './debian/image.ts';
import { gbFrontend } from './gb-frontend/image.ts';
import { golang } from './golang/image.ts';
import { haproxy } from './haproxy/image.ts';
import { helloApp } from './hello-app/image.ts';
import { httpEcho } from './http-echo/image.ts';
import { httpbin } from './httpbin/image.ts';
import { httpd } from './httpd/image.ts';
import type { ImageDefinition } from './image.ts';
import { mariadb } from './mariadb/image.ts';
import { memcached } from './memcached/image.ts';
import { mongo } from './mongo/image.ts';
import { mysql } from './mysql/image.ts';
import { nginx } from './nginx/image.ts';
import { nginxSlim } from './nginx-slim/image.ts';
import { node } from './node/image.ts';
import { pause } from './pause/image.ts';
import { perl } from './perl/image.ts';
import { php } from './php/image.ts';
import { phpApache } from './php-apache/image.ts';
import { postgres } from './postgres/image.ts';
import { python } from './python/image.ts';
import { rabbitmq } from './rabbitmq/image.ts';
import { redis } from './redis/image.ts';
import { traefik } from './traefik/image.ts';
import { ubuntu } from './ubuntu/image.ts';
import { wordpress } from './wordpress/image.ts';

export const IMAGES: readonly ImageDefinition[] = [
  agnhost,
  alpine,
  busybox,
  kubeApiserver,
  kubeControllerManager,
  kubeScheduler,
  kubeProxy,
  etcd,
  coredns,
  curl,
  debian,
  gbFrontend,
  golang,
  haproxy,
  helloApp,
  httpEcho,
  httpbin,
  httpd,
  mariadb,
  memcached,
  mongo,
  mysql,
  nginx,
  nginxSlim,
  node,
  pause,
  perl,
  php,
  phpApache,
  postgres,
  python,
  rabbitmq,
  redis,
  traefik,
  ubuntu,
  wordpress,
];

const byRepository = new Map(IMAGES.flatMap((image) => image.repositories.map((repository) => [repository, image] as const)));

/** The image of a normalised repository, if it is one we know. */
export const knownImage = (repository: string): ImageDefinition | undefined => byRepository.get(repository);
