import { expect, test } from 'vitest';
import { world } from '../testing/world.ts';
import { Txn } from './core/txn.ts';
import { engine } from './engine.ts';
import { type Controller, defineController } from './machinery/controller.ts';
import { assemble, newBudget, settle, WorkQueue, wake } from './settle.ts';

const ADMISSION = 'admissionregistration.k8s.io/v1';
const deployment = (name: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } },
  },
});

test('a controller that is refused says so, tries again and goes on with everything else', () => {
  const w = world();
  for (const name of ['stuck', 'free']) w.apply(deployment(name));
  w.apply({
    apiVersion: ADMISSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'frozen' },
    spec: {
      matchConstraints: { resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['replicasets'] }] },
      validations: [{ expression: "object.metadata.ownerReferences[0].name != 'stuck'", message: 'not now' }],
    },
  });
  const binding = { apiVersion: ADMISSION, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: 'frozen' } };
  w.apply({ ...binding, spec: { policyName: 'frozen', validationActions: ['Deny'] } });
  for (const name of ['stuck', 'free']) {
    const url = `/apis/apps/v1/namespaces/default/deployments/${name}/scale`;
    w.request('PATCH', url, { spec: { replicas: 3 } }, { contentType: 'application/merge-patch+json' });
  }
  w.advance(1000);
  const running = (): number[] => ['stuck', 'free'].map((name) => w.objects('core/pods').filter((pod) => pod.metadata.labels?.app === name).length);
  expect(running()).toEqual([1, 3]);
  const told = w.objects('core/events').filter(({ reason }) => reason === 'FailedSync');
  expect(told).toMatchObject([
    { type: 'Warning', involvedObject: { kind: 'Deployment', name: 'stuck' }, source: { component: 'deployment-controller' } },
  ]);
  expect(told[0]?.message).toMatch(/^replicasets.apps "stuck-\w+" is forbidden: .*not now$/);
  expect(told[0]?.count).toBeGreaterThan(2);
  w.request('DELETE', `/apis/${ADMISSION}/validatingadmissionpolicybindings/frozen`);
  w.advance(3_600_000);
  expect(running()).toEqual([3, 3]);
});

test('what was written and taken back has woken nobody: who fails after a write waits for the next try', () => {
  const looks: string[] = [];
  const watches: Controller['watches'] = [{ resource: 'core/configmaps', keys: () => ['it'] }];
  const failing = defineController({
    name: 'failing',
    component: 'failing',
    manager: 'failing',
    watches,
    reconcile({ api, view }) {
      looks.push('failing');
      const about = view.get('core/namespaces//default');
      if (about) api.create('core/configmaps', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'half', namespace: 'default' } });
      throw new Error('and no further');
    },
  });
  const onlooker = defineController({ ...failing, name: 'onlooker', reconcile: () => void looks.push('onlooker') });
  const own = assemble(engine.machine, [failing, onlooker]);
  const txn = new Txn(world().state, () => []);
  const queue = new WorkQueue([{ controller: 'failing', key: 'it', cause: 0 }]);
  txn.onEvent = (event) => wake(own, txn, queue, event);
  expect(settle(own, txn, queue, newBudget())).toBe(true);
  expect(looks).toEqual(['failing']);
  expect(txn.get('core/configmaps/default/half')).toBeUndefined();
  expect(txn.timer('failing', 'it')).toBeGreaterThan(txn.now);
});
