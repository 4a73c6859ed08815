import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const URL = '/apis/apps/v1/namespaces/default/deployments/web';
const MERGE = { contentType: 'application/strategic-merge-patch+json' };
const patch = (w: World, body: object): KubeObject => w.request('PATCH', URL, body, MERGE).body;
const setImage = (w: World, image: string) =>
  patch(w, {
    metadata: { annotations: { 'kubernetes.io/change-cause': image } },
    spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
  });

function withThreeRevisions(): World {
  const w = world({ workers: 1 });
  w.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', annotations: { 'kubernetes.io/change-cause': 'nginx:1' } },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } },
    },
  });
  for (const image of ['nginx:2', 'nginx:3']) setImage(w, image);
  return w;
}

const rollBackTo = (w: World, revision: string) => patch(w, { metadata: { annotations: { 'deprecated.deployment.rollback.to': revision } } });
const seen = (w: World): string => {
  const { metadata, spec } = w.object('apps/deployments/default/web') as KubeObject;
  const { 'deployment.kubernetes.io/revision': revision, 'kubernetes.io/change-cause': cause, ...rest } = metadata.annotations ?? {};
  return [spec.template.spec.containers[0].image, cause, revision, rest['deprecated.deployment.rollback.to'] ?? 'done'].join(' ');
};
const said = (w: World): string[] =>
  w
    .objects('core/events')
    .filter(({ reason }) => reason.startsWith('DeploymentRollback'))
    .map(({ type, reason, message }) => `${type} ${reason}: ${message}`);

test.each([
  ['1', 'nginx:1 nginx:1 4 done', 'Normal DeploymentRollback: Rolled back deployment "web" to revision 1'],
  ['0', 'nginx:2 nginx:2 4 done', 'Normal DeploymentRollback: Rolled back deployment "web" to revision 2'],
  ['9', 'nginx:3 nginx:3 3 done', 'Warning DeploymentRollbackRevisionNotFound: Unable to find the revision to rollback to.'],
  [
    '3',
    'nginx:3 nginx:3 3 done',
    'Warning DeploymentRollbackTemplateUnchanged: The rollback revision contains the same template as current deployment "web"',
  ],
])('back to revision %s', (revision, after, message) => {
  const w = withThreeRevisions();
  rollBackTo(w, revision);
  expect([seen(w), ...said(w)]).toEqual([after, message]);
});

test('there is nothing before the first revision, and a paused Deployment waits', () => {
  const w = world({ workers: 1 });
  w.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', annotations: { 'deprecated.deployment.rollback.to': '0' } },
    spec: {
      paused: true,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } },
    },
  });
  expect([seen(w), ...said(w)]).toEqual(['nginx:1   0']);
  patch(w, { spec: { paused: false } });
  expect([seen(w), ...said(w)]).toEqual(['nginx:1  1 done', 'Warning DeploymentRollbackRevisionNotFound: Unable to find last revision.']);
});

test('what is no number is no request', () => {
  const w = withThreeRevisions();
  rollBackTo(w, 'first');
  expect([seen(w), ...said(w)]).toEqual(['nginx:3 nginx:3 3 first']);
});
