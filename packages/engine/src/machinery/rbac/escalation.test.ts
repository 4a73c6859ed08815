import { describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const GROUP = 'rbac.authorization.k8s.io';
const API = `${GROUP}/v1`;
const JANE = { username: 'jane', groups: ['devs', 'system:authenticated'] };
const rule = (resources: string[], verbs: string[], more: object = {}) => ({ apiGroups: [''], resources, verbs, ...more });

/** Jane may do whatever the rules say, and write roles and bindings. */
function janes(...rules: object[]): World {
  const w = world({ workers: 0 });
  const writing = { apiGroups: [GROUP], resources: ['roles', 'rolebindings', 'clusterroles'], verbs: ['create', 'update', 'patch'] };
  w.create({ apiVersion: API, kind: 'ClusterRole', metadata: { name: 'janes' }, rules: [writing, ...rules] } as never);
  w.create({
    apiVersion: API,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'janes' },
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: 'janes' },
    subjects: [{ kind: 'User', apiGroup: GROUP, name: 'jane' }],
  } as never);
  return w;
}

const post = (w: World, plural: string, object: object) =>
  w.request(
    'POST',
    `/apis/${API}/${plural === 'clusterroles' ? '' : 'namespaces/default/'}${plural}`,
    { apiVersion: API, ...object },
    { user: JANE },
  );
const role = (...rules: object[]) => ({ kind: 'Role', metadata: { name: 'r' }, rules });
const HEAD = 'user "jane" (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:';

describe('who writes a role', () => {
  it.each([
    [[], [rule(['pods'], ['get', 'list'])], '{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}'],
    [[rule(['pods'], ['*'])], [rule(['pods', 'pods/log'], ['get'])], '{APIGroups:[""], Resources:["pods/log"], Verbs:["get"]}'],
    [[rule(['pods'], ['get'], { resourceNames: ['a'] })], [rule(['pods'], ['get'])], '{APIGroups:[""], Resources:["pods"], Verbs:["get"]}'],
    [
      [],
      [rule(['secrets'], ['get'], { resourceNames: ['a'] }), rule(['pods'], ['get'])],
      '{APIGroups:[""], Resources:["pods"], Verbs:["get"]}\n{APIGroups:[""], Resources:["secrets"], ResourceNames:["a"], Verbs:["get"]}',
    ],
  ])('having %j, cannot grant %j', (held, granted, lacking) => {
    const { code, body } = post(janes(...held), 'roles', role(...granted));
    expect([code, body.message]).toEqual([403, `roles.${GROUP} "r" is forbidden: ${HEAD}\n${lacking}`]);
  });

  it.each([
    [[rule(['*'], ['get'])], [rule(['pods', 'pods/log'], ['get'])]],
    [[rule(['*/log'], ['*'])], [rule(['pods/log'], ['get'])]],
    [[{ apiGroups: [GROUP], resources: ['roles'], verbs: ['escalate'] }], [rule(['secrets'], ['*'])]],
  ])('having %j, may grant %j', (held, granted) => expect(post(janes(...held), 'roles', role(...granted)).code).toBe(201));

  it('is told which of their own roles are not there', () => {
    const w = janes();
    const subjects = [{ kind: 'User', apiGroup: GROUP, name: 'jane' }];
    const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: 'gone' };
    w.create({ apiVersion: API, kind: 'ClusterRoleBinding', metadata: { name: 'gone' }, roleRef, subjects } as never);
    expect(post(w, 'roles', role(rule(['pods'], ['get']))).body.message).toBe(
      `roles.${GROUP} "r" is forbidden: ${HEAD}\n{APIGroups:[""], Resources:["pods"], Verbs:["get"]}; resolution errors: [clusterrole.${GROUP} "gone" not found]`,
    );
  });

  it('needs everything to aggregate', () => {
    const aggregated = {
      kind: 'ClusterRole',
      metadata: { name: 'a' },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
      rules: [],
    };
    expect(post(janes(), 'clusterroles', aggregated).body.message).toBe(
      `clusterroles.${GROUP} "a" is forbidden: must have cluster-admin privileges to use the aggregationRule`,
    );
  });
});

describe('who binds a role', () => {
  const binding = (name: string) => ({
    kind: 'RoleBinding',
    metadata: { name: 'b' },
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
    subjects: [{ kind: 'User', apiGroup: GROUP, name: 'joe' }],
  });

  it('must have what it grants, or be allowed to bind it', () => {
    const { code, body } = post(janes(), 'rolebindings', binding('system:volume-scheduler'));
    expect([code, body.message.split('\n')[0]]).toEqual([403, `rolebindings.${GROUP} "b" is forbidden: ${HEAD}`]);
    const binder = { apiGroups: [GROUP], resources: ['clusterroles'], verbs: ['bind'], resourceNames: ['view'] };
    expect(post(janes(binder), 'rolebindings', binding('view')).code).toBe(201);
    expect(post(janes(binder), 'rolebindings', binding('nope')).body.message).toBe(`clusterroles.${GROUP} "nope" not found`);
  });
});
