import { describe, expect, it } from 'vitest';
import { fromCivil } from '../core/instant.ts';
import type { ProgramStart } from '../kinds/shared/program.ts';
import { IMAGES } from './catalogue.ts';
import { parseReference } from './reference.ts';
import { images } from './registry.ts';
import { piDigits } from './script/pi.ts';

const start = (image: string, more: Partial<ProgramStart> = {}): ProgramStart => ({
  image,
  command: [],
  args: [],
  env: new Map(),
  files: new Map(),
  ports: [],
  annotations: {},
  container: 'c',
  podUid: 'u',
  restart: 0,
  startedAt: fromCivil(2026, 1, 1),
  seed: 's',
  instant: false,
  ...more,
});
const sh = (script: string, more: Partial<ProgramStart> = {}) => images.program(start('busybox:1.36', { command: ['sh', '-c', script], ...more }));
const texts = (script: string, atMs = 1e9): string[] =>
  sh(script)
    .log(atMs)
    .map((line) => line.text);

describe('references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.25', 'docker.io/library/nginx:1.25'],
    ['grafana/grafana', 'docker.io/grafana/grafana:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
    [`nginx@sha256:${'a'.repeat(64)}`, `docker.io/library/nginx@sha256:${'a'.repeat(64)}`],
  ])('%s', (text, name) => {
    expect(parseReference(text)).toMatchObject({ name });
  });

  it.each([
    ['nginx::1', 'couldn\'t parse image name "nginx::1": invalid reference format'],
    ['NGINX', 'couldn\'t parse image name "NGINX": invalid reference format: repository name (library/NGINX) must be lowercase'],
    ['a b', 'couldn\'t parse image name "a b": invalid reference format'],
    ['', 'couldn\'t parse image name "": invalid reference format'],
  ])('refused: %j', (text, message) => {
    expect(images.pull(text)).toEqual({ type: 'invalid', message });
  });
});

describe('what a registry has', () => {
  it.each([
    'nginx',
    'nginx:1.14.2',
    'nginx:1.16.1',
    'nginx:1.17.1',
    'nginx:1.18.0',
    'nginx:1.19.0',
    'nginx:1.20.0',
    'nginx:1.25',
    'nginx:latest',
    'nginx:alpine',
    'nginx:1.25-alpine',
    'nginx:stable',
    'nginx:1',
    'httpd:2.4',
    'busybox:1.36',
    'busybox:1.28.4',
    'alpine:3.20',
    'ubuntu:22.04',
    'debian:12-slim',
    'postgres:16-alpine',
    'redis:7.2',
    'python:3.12-slim',
    'node:20-alpine',
    'perl:5.34.0',
    'mysql:8.0',
    'registry.k8s.io/nginx-slim:0.8',
    'registry.k8s.io/nginx-slim:0.24',
    'registry.k8s.io/hpa-example',
    'gcr.io/google_samples/gb-frontend:v3',
    'gcr.io/google-samples/hello-app:2.0',
    'registry.k8s.io/e2e-test-images/agnhost:2.39',
    'registry.k8s.io/pause:3.10',
    'registry.k8s.io/kube-proxy:v1.36.0',
    'registry.k8s.io/etcd:3.6.6-0',
    'registry.k8s.io/coredns/coredns:v1.14.1',
    'hashicorp/http-echo:0.2.3',
    'curlimages/curl',
    'fluent/fluentd:v1.16-1',
  ])('%s', (image) => {
    expect(images.pull(image)).toMatchObject({ type: 'image', image: { bytes: expect.any(Number) } });
  });

  it.each(['nginx:1.161', 'nginx:0.0.0-none', 'nginx:1.25.99', 'nginx:lates', 'busybox:2', 'registry.k8s.io/nginx-slim:none', 'httpd:3'])(
    'not %s',
    (image) => {
      const answer = images.pull(image);
      const name = image.startsWith('registry') ? image : `docker.io/library/${image}`;
      expect(answer).toEqual({
        type: 'refused',
        message: `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`,
      });
    },
  );

  it('no two images claim a repository, and every one has a size and something to run', () => {
    const repositories = IMAGES.flatMap((image) => image.repositories);
    expect(new Set(repositories).size).toBe(repositories.length);
    for (const image of IMAGES) {
      expect(image.bytes('latest')).toBeGreaterThan(100_000);
      expect(image.command ?? image.entrypoint).toBeDefined();
    }
  });
});

describe('programs', () => {
  it('a server listens on its ports once it is ready', () => {
    const postgres = images.program(start('postgres:16', { env: new Map([['POSTGRES_PASSWORD', 'x']]) }));
    expect([postgres.listens(5432, 0), postgres.listens(5432, 2000), postgres.listens(80, 2000), postgres.ends]).toEqual([
      false,
      true,
      false,
      undefined,
    ]);
  });

  it('an unknown image serves what its container declares', () => {
    const quiet = images.program(start('acme/api:7', { ports: [8080] }));
    expect([quiet.listens(8080, 0), quiet.httpStatus(8080, '/healthz', 0), quiet.ends]).toEqual([true, 200, undefined]);
  });

  it('servers listen where their arguments say', () => {
    const echo = images.program(start('hashicorp/http-echo', { args: ['-listen=:8080', '-text=hi'] }));
    expect([echo.listens(8080, 0), echo.startError]).toEqual([true, undefined]);
  });

  it('a shell without a terminal ends at once', () => {
    for (const image of ['busybox', 'ubuntu:22.04', 'alpine']) expect(images.program(start(image)).ends).toEqual({ afterMs: 0, exitCode: 0 });
  });

  it('the pi of the documentation', () => {
    const pi = images.program(start('perl:5.34.0', { command: ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'] }));
    expect(pi.ends).toEqual({ afterMs: 4000, exitCode: 0 });
    expect(pi.log(4000)[0]?.text).toMatch(/^3\.14159265358979323846264338327950288419716939937510582/);
    expect(piDigits(10)).toBe('3.141592653');
  });

  it.each([
    ['fail', 'crash', { ends: { afterMs: 500, exitCode: 1 } }],
    ['fail', 'oom', { ends: { afterMs: 500, exitCode: 137, reason: 'OOMKilled' } }],
    ['run-seconds', '90', { ends: { afterMs: 90_000, exitCode: 0 } }],
    ['exit-code', '3', { ends: { afterMs: 0, exitCode: 3 } }],
    ['exit-code.c', '4', { ends: { afterMs: 0, exitCode: 4 } }],
    ['exit-code.other', '4', {}],
    ['exit-code', 'x', {}],
    ['exit-code', '256', {}],
    ['exit-code', '-1', {}],
    ['run-seconds', 'Infinity', {}],
    ['run-seconds', ' ', {}],
  ])('annotation %s: %s', (name, value, expected) => {
    const program = images.program(start('acme/x', { annotations: { [`sim.vivakube.dev/${name}`]: value } }));
    expect(program.ends === undefined ? {} : { ends: program.ends }).toEqual(expected);
  });

  it('ready-after', () => {
    const program = images.program(start('nginx', { annotations: { 'sim.vivakube.dev/ready-after': '20' } }));
    expect([program.listens(80, 19_999), program.listens(80, 20_000)]).toEqual([false, true]);
    expect(program.changesAtMs).toContain(20_000);
  });
});

describe('scripts', () => {
  it.each([
    ['true', 0, 0],
    ['false', 0, 1],
    ['exit 7', 0, 7],
    ['sleep 5; exit 3', 5000, 3],
    ['sleep 1m && false || exit 2', 60_000, 2],
    ['echo hi && sleep 0.5', 500, 0],
    ['if [ 1 = 2 ]; then exit 1; else exit 4; fi', 0, 4],
    ['for i in $(seq 1 3); do sleep $i; done', 6000, 0],
    ['for i in {1..4}; do sleep 1; done', 4000, 0],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); sleep 2; done; exit $i', 6000, 3],
    ['until [ -f /tmp/x ]; do sleep 1; touch /tmp/x; done', 1000, 0],
    ['nosuchcommand', 0, 127],
    ['sh -c "exit 9"', 0, 9],
    ['sleep 100 & exit 0', 0, 0],
    ['exec sleep 3', 3000, 0],
  ])('%s', (script, afterMs, exitCode) => {
    expect(sh(script).ends).toEqual({ afterMs, exitCode });
  });

  it.each([
    'while true; do sleep 1; done',
    'sleep infinity',
    'tail -f /dev/null',
    'while sleep 0.01; do wget -q -O- http://x; done',
    'while :; do :; done',
  ])('endless: %s', (script) => {
    expect(sh(script).ends).toBeUndefined();
  });

  it('prints what it prints, when it prints it', () => {
    expect(sh('echo one; sleep 2; echo "two words"; echo bad >&2').log(1e6)).toEqual([
      { atMs: 0, text: 'one', stream: 'stdout' },
      { atMs: 2000, text: 'two words', stream: 'stdout' },
      { atMs: 2000, text: 'bad', stream: 'stderr' },
    ]);
    expect(texts(`echo $NAME-${'$'}{OTHER:-none}`)).toEqual(['-none']);
    expect(sh('echo $NAME', { env: new Map([['NAME', 'x']]) }).log(0)[0]?.text).toBe('x');
    expect(texts("echo 'a;b' > /tmp/f; cat /tmp/f || echo gone")).toEqual(['a;b']);
    expect(texts('date; date +%F')).toEqual(['Thu Jan  1 00:00:00 UTC 2026', '2026-01-01']);
  });

  it('reads what is mounted and what it wrote', () => {
    const files = new Map([
      ['/etc/config/a', 'one\n'],
      ['/etc/config/b', 'two'],
    ]);
    expect(
      sh('ls /etc/config; cat /etc/config/a /etc/config/b', { files })
        .log(0)
        .map((line) => line.text),
    ).toEqual(['a', 'b', 'one', 'two']);
    expect(texts('echo x > /f; echo y >> /f; cat /f')).toEqual(['x', 'y']);
    expect(sh('echo why > /dev/termination-log; exit 1').read?.('/dev/termination-log', 0)).toBe('why\n');
  });

  it('an endless loop counts on', () => {
    const counter = sh('i=0; while true; do echo "$i: $(date +%T)"; i=$((i+1)); sleep 1; done').log(1_000_000);
    expect(counter.at(-1)).toEqual({ atMs: 1_000_000, text: '1000: 00:16:40', stream: 'stdout' });
    expect(sh('while sleep 2; do echo x; done').log(999_000)).toHaveLength(499);
  });

  it('pipes through the usual filters', () => {
    expect(texts('printf "b\na\nab\n" | sort | grep ^a | head -n 1')).toEqual(['a']);
    expect(texts('echo x | grep y || echo none')).toEqual(['none']);
    expect(texts('echo one | wc -l')).toEqual(['1']);
  });

  it('may end in a server', () => {
    const nginx = images.program(start('nginx', { command: ['sh', '-c', "sleep 3; exec nginx -g 'daemon off;'"] }));
    expect([nginx.ends, nginx.listens(80, 2000), nginx.listens(80, 3100), nginx.changesAtMs]).toEqual([undefined, false, true, [3100]]);
    const python = images.program(start('python:3.12', { command: ['python', 'app.py'], ports: [5000] }));
    expect([python.ends, python.listens(5000, 0)]).toEqual([undefined, true]);
    expect(images.program(start('python:3.12', { command: ['python', '-c', 'print(1)'] })).ends).toEqual({ afterMs: 0, exitCode: 0 });
  });

  it('files come and go', () => {
    const program = sh('touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600');
    const check = (atMs: number) => program.exec(['cat', '/tmp/healthy'], atMs);
    expect([check(0).exitCode, check(29_999).exitCode, check(30_000)]).toEqual([
      0,
      0,
      { exitCode: 1, output: "cat: can't open '/tmp/healthy': No such file or directory", tookMs: 0 },
    ]);
    expect(program.changesAtMs).toEqual([0, 30_000]);
  });

  it('hears SIGTERM only where it listens', () => {
    expect([sh('sleep 100').term, sh("trap 'exit 0' TERM; sleep 100").term]).toEqual([undefined, { afterMs: 100, exitCode: 0 }]);
  });
});

it.each([
  ["echo -en '\\n\\n'; echo x", ['', '', 'x']],
  ['echo -n one; echo two', ['onetwo']],
  ['echo one; echo -n two', ['one', 'two']],
  ["echo -e 'a\\tb'", ['a\tb']],
  ['A=1; B=2; printenv A B', ['1', '2']],
])('what is printed by %s', (script, expected) => {
  expect(texts(script)).toEqual(expected);
});
