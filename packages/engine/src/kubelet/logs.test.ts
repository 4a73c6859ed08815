import { describe, expect, it } from 'vitest';
import { create, log, nginx, shell } from '../../testing/kubelet-pods.ts';
import { type World, world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';
import type { ApiText, Continuation } from '../machinery/request.ts';

describe('logs', () => {
  it('are what the command printed', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', containers: [shell('for i in 1 2 3; do echo round $i; sleep 1; done')] });
    w.advance(1500);
    expect(log(w).body).toBe('round 1\nround 2\n');
    w.advance(10_000);
    expect(log(w, '?tailLines=1').body).toBe('round 3\n');
    expect(log(w, '?timestamps=true&tailLines=1').body).toBe('2026-01-01T00:00:02.000000000Z round 3\n');
  });

  it('know the variables of the pod, in commands as well', () => {
    const w = world({ workers: 1 });
    const env = [
      { name: 'A', value: 'x' },
      { name: 'B', value: '$(A)y' },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ];
    create(w, { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', 'echo $(B) $B $NODE'], env }] });
    expect(log(w).body).toBe('xy xy vivakube-worker\n');
  });

  it('show what is mounted', () => {
    const w = world({ workers: 1 });
    w.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm', namespace: 'default' }, data: { k: 'v' } } as KubeObject);
    w.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' }, stringData: { p: 'geheim' } } as KubeObject);
    const volumeMounts = [
      { name: 'a', mountPath: '/a' },
      { name: 'b', mountPath: '/b' },
    ];
    const volumes = [
      { name: 'a', configMap: { name: 'cm' } },
      { name: 'b', secret: { secretName: 's' } },
    ];
    create(w, { restartPolicy: 'Never', containers: [shell('cat /a/k; cat /b/p', { volumeMounts })], volumes });
    expect(log(w).body).toBe('v\ngeheim\n');
  });

  it('show what was mounted when, also long after a loop has settled', () => {
    const w = world({ workers: 1, timing: 'realistic' });
    const configMap = (sport: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm', namespace: 'default' }, data: { sport } });
    w.create(configMap('football') as KubeObject);
    const volumeMounts = [
      { name: 'v', mountPath: '/v' },
      { name: 'i', mountPath: '/i' },
      { name: 'v', mountPath: '/one', subPath: 'sport' },
    ];
    const items = [{ path: 'team', fieldRef: { fieldPath: "metadata.labels['team']" } }];
    const volumes = [
      { name: 'v', configMap: { name: 'cm' } },
      { name: 'i', downwardAPI: { items } },
    ];
    const script = 'i=0; while true; do i=$((i+1)); echo $i $(cat /v/sport) $(cat /i/team) $(cat /one); sleep 10; done';
    create(w, { containers: [shell(script, { volumeMounts })], volumes }, { labels: { team: 'a' } });
    w.advance(4_000_000);
    w.apply(configMap('cricket'));
    w.advance(35_000);
    w.request('PATCH', '/api/v1/namespaces/default/pods/p', { metadata: { labels: { team: 'b' } } }, { contentType: 'application/merge-patch+json' });
    w.advance(4_000_000);
    const lines = String(log(w).body)
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(lines.map(([i]) => Number(i))).toEqual(lines.map((_, i) => i + 1));
    const courses = lines.map((line) => line.slice(1).join(' '));
    expect([...new Set(courses)]).toEqual(['football a football', 'cricket a football', 'cricket b football']);
    expect(courses.indexOf('cricket a football')).toBeGreaterThanOrEqual(399);
    expect(courses.indexOf('cricket a football')).toBeLessThan(403);
    expect(courses.filter((c) => c === 'cricket a football').length).toBeGreaterThan(1);
    w.request('DELETE', '/api/v1/namespaces/default/configmaps/cm');
    expect([...w.state.runtime.keys('contents/')]).toEqual(['contents/core/configmaps/default/cm']);
    w.request('DELETE', '/api/v1/namespaces/default/pods/p?gracePeriodSeconds=0');
    expect([...w.state.runtime.keys('contents/')]).toEqual([]);
  });

  it('of an endless loop go on for ever', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('while true; do date +%T; sleep 10; done')] });
    w.advance(86_400_000 + 5000);
    expect(log(w, '?tailLines=2').body).toBe('23:59:50\n00:00:00\n');
  });

  it('of a container that waits are refused', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ image: 'nginx:1.161' })] });
    expect(log(w)).toMatchObject({ code: 400, body: { message: 'container "c" in pod "p" is waiting to start: trying and failing to pull image' } });
  });

  it.each([
    ['?previous=true', 400, 'previous terminated container "c" in pod "p" not found'],
    ['?container=x', 400, 'container x is not valid for pod p'],
    ['?tailLines=-1', 422, 'PodLogOptions "p" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0'],
    ['?sinceSeconds=0', 422, 'PodLogOptions "p" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0'],
    ['?limitBytes=0', 422, 'PodLogOptions "p" is invalid: limitBytes: Invalid value: 0: must be greater than 0'],
  ])('%s is refused', (query, code, message) => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('echo a; sleep 100')] });
    expect(log(w, query)).toMatchObject({ code, body: { message } });
  });

  it('several containers must be told apart', () => {
    const w = world({ workers: 1 });
    create(w, { initContainers: [shell('true', { name: 'i' })], containers: [shell('sleep 9'), shell('sleep 9', { name: 'd' })] });
    const message = 'a container name must be specified for pod p, choose one of: [i c d]';
    expect(log(w).body.message).toBe(message);
  });

  it('show the variables of services', () => {
    const w = world({ workers: 1 });
    w.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'my-db', namespace: 'default' },
      spec: { ports: [{ port: 5432 }], selector: { a: 'b' } },
    } as KubeObject);
    create(w, { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['env'] }] });
    expect(log(w).body).toContain(`MY_DB_SERVICE_HOST=${w.object('core/services/default/my-db')?.spec.clusterIP}\n`);
  });
});

describe('a log that is followed', () => {
  const url = '/api/v1/namespaces/default/pods/p/log?follow=true';
  const follow = (w: World, query = '', resume?: string) => w.respond('GET', url + query, undefined, resume === undefined ? {} : { resume });

  /** Reads as a host does: what is there, then at each instant that it is told to come back, until there is no more. */
  function readAll(w: World, query = ''): string[] {
    const parts: string[] = [];
    let part = follow(w, query);
    while (part.type === 'text') {
      parts.push(part.text);
      const { wakeAt, resume } = part.more as Continuation;
      w.advance((wakeAt ?? w.now + 60_000) - w.now);
      part = follow(w, query, resume);
    }
    return part.type === 'answer' ? [...parts, String(part.body)] : parts;
  }

  it('comes line by line, each at its time, and ends with the container', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', containers: [shell('echo a; sleep 2; echo b; echo c; sleep 3; echo d; sleep 60')] });
    const from = w.now;
    expect(readAll(w)).toEqual(['a\n', 'b\nc\n', 'd\n', '']);
    expect(w.now - from).toBe(65_000);
  });

  it('of an endless loop tells when its next line is due', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('i=0; while true; do echo $i; i=$((i+1)); sleep 10; done')] });
    w.advance(86_400_000 + 5000);
    const part = follow(w, '&tailLines=1');
    expect(part).toMatchObject({ type: 'text', text: '8640\n', more: { wakeAt: w.now + 5000, about: 'core/pods/default/p' } });
    w.advance(5000);
    expect(follow(w, '&tailLines=1', (part as ApiText).more?.resume)).toMatchObject({ text: '8641\n' });
  });

  it('ends where the bytes asked for are used up', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('echo abc; sleep 1; echo def; sleep 100')] });
    expect(readAll(w, '&limitBytes=6')).toEqual(['abc\n', 'de']);
  });

  it('ends with its pod', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('sleep 100')] });
    const { more } = follow(w) as ApiText;
    w.request('DELETE', '/api/v1/namespaces/default/pods/p');
    expect(follow(w, '', more?.resume)).toMatchObject({ type: 'answer', status: 404 });
  });
});

it('does the same however time is cut', () => {
  const play = (steps: number[]): string => {
    const w = world({ timing: 'realistic', workers: 2 });
    create(w, { containers: [shell('sleep 7; exit 1')] });
    w.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'q', namespace: 'default' },
      spec: { containers: [nginx({ image: 'nginx:0', readinessProbe: { httpGet: { path: '/x', port: 80 } } })] },
    });
    for (const ms of steps) w.advance(ms);
    return JSON.stringify([[...w.state.objects.values()].map((s) => s.object), [...w.state.runtime.entries()]]);
  };
  const whole = play([120_000]);
  expect(play(Array.from({ length: 120 }, () => 1000))).toBe(whole);
  expect(play([333, 1, 7777, 50_000, 120_000 - 333 - 1 - 7777 - 50_000])).toBe(whole);
});
