import { beforeEach, describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const token = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('=', '');

let w: World;
beforeEach(() => {
  w = world({ workers: 0 });
});
const verdict = (method: string, url: string, body?: unknown, contentType = 'application/json'): string => {
  const { code, body: answer } = w.request(method, url, body, { contentType });
  return `${code} ${answer.message ?? answer.kind}`;
};

describe('options of lists and watches', () => {
  it.each([
    ['limit=x', '400 strconv.ParseInt: parsing "x": invalid syntax'],
    ['timeoutSeconds=99999999999999999999', '400 strconv.ParseInt: parsing "99999999999999999999": value out of range'],
    ['limit=-1', '200 ConfigMapList'],
    ['continue=%25', '400 invalid continue token: continue key is not valid: illegal base64 data at input byte 0'],
    ['continue=abcde', '400 invalid continue token: continue key is not valid: illegal base64 data at input byte 4'],
    [`continue=${token('x')}`, `400 invalid continue token: continue key is not valid: invalid character '"' looking for beginning of value`],
    [`continue=${token({})}`, '400 invalid continue token: continue key is not valid: server does not recognize this encoded version '],
    [
      `continue=${token({ v: 'meta.k8s.io/v1', rv: 0 })}`,
      '400 invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    ],
    [`continue=${token({ v: 'meta.k8s.io/v1', rv: 1, start: '../x' })}`, '400 invalid continue token: continue key is not valid: ../x'],
    [
      `continue=${token({ v: 'meta.k8s.io/v1', rv: 1, start: 'default/x' })}&resourceVersion=1`,
      '400 specifying resource version is not allowed when using continue',
    ],
    ['sendInitialEvents=true', '422 ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'],
    [
      'resourceVersionMatch=Some',
      '422 ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Unsupported value: "Some": supported values: "Exact", "NotOlderThan", ""]',
    ],
    [
      'watch=1&resourceVersionMatch=NotOlderThan',
      '422 ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      'watch=1&sendInitialEvents=true&resourceVersionMatch=Exact',
      '422 ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]',
    ],
  ])('%s', (query, expected) => expect(verdict('GET', `${MAPS}?${query}`)).toBe(expected));
});

describe('what a verb may be about', () => {
  it.each([
    ['PUT', MAPS, {}, '405 the server does not allow this method on the requested resource'],
    ['PATCH', MAPS, {}, '405 the server does not allow this method on the requested resource'],
    ['POST', `${MAPS}/a`, {}, '405 the server does not allow this method on the requested resource'],
    ['DELETE', `${MAPS}/kube-root-ca.crt?gracePeriodSeconds=x`, undefined, '400 strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'DELETE',
      `${MAPS}/kube-root-ca.crt`,
      { dryRun: ['Some'] },
      '422 DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
    [
      'DELETE',
      `${MAPS}/kube-root-ca.crt?dryRun=Some&propagationPolicy=Background&orphanDependents=true`,
      undefined,
      '422 DeleteOptions.meta.k8s.io "" is invalid: [propagationPolicy: Invalid value: "Background": orphanDependents and deletionPropagation cannot be both set, dryRun: Unsupported value: ["Some"]: supported values: "All"]',
    ],
    [
      'GET',
      `${MAPS}/kube-root-ca.crt?resourceVersion=a`,
      undefined,
      '500 resourceVersion: Invalid value: "a": strconv.ParseUint: parsing "a": invalid syntax',
    ],
    [
      'PUT',
      `${MAPS}/kube-root-ca.crt`,
      { metadata: { name: 'kube-root-ca.crt', resourceVersion: 'a' } },
      '500 strconv.ParseUint: parsing "a": invalid syntax',
    ],
    ['PUT', `${MAPS}/a`, {}, '400 the name of the object (a based on URL) was undeterminable: name must be provided'],
    [
      'PUT',
      `${MAPS}/a`,
      { metadata: { name: 'a', namespace: 'b' } },
      '400 the namespace of the provided object does not match the namespace sent on the request',
    ],
    ['PATCH', `${MAPS}/a?fieldManager=m`, {}, '400 invalid object type: /, Kind='],
    ['PATCH', `${MAPS}/a?fieldManager=m`, '', '400 invalid object type: /, Kind='],
    [
      'PATCH',
      `${MAPS}/a?fieldManager=m`,
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', uid: 'u' } },
      '409 Operation cannot be fulfilled on configmaps "a": uid mismatch: the provided object specified uid u, and no existing object was found',
    ],
    [
      'PATCH',
      `${MAPS}/a?fieldManager=m`,
      { apiVersion: 'v1', kind: 'ConfigMap' },
      '400 the name of the object (a based on URL) was undeterminable: name must be provided',
    ],
  ])('%s %s', (method, url, body, expected) =>
    expect(verdict(method, url, body, method === 'PATCH' ? 'application/apply-patch+yaml' : undefined)).toBe(expected),
  );

  it('a patch is read strictly, too', () => {
    const patch = (type: string, body: string, query = '') =>
      w.request('PATCH', `${MAPS}/kube-root-ca.crt?${query}`, body, { contentType: `application/${type}-patch+json` });
    const twice = '{"metadata":{"labels":{"a":"b","a":"c"}}}';
    const warning = (text: string) => ['warning', `299 - ${JSON.stringify(text)}`];
    for (const type of ['merge', 'strategic-merge']) {
      expect(patch(type, twice).headers).toContainEqual(warning('duplicate field "metadata.labels.a"'));
      expect(patch(type, twice, 'fieldValidation=Strict').body.message).toMatch(/: strict decoding error: duplicate field "metadata.labels.a"$/);
      expect(patch(type, twice, 'fieldValidation=Ignore').headers.map(([name]) => name)).not.toContain('warning');
      expect(patch(type, 'null').code).toBe(200);
    }
    const operation = '[{"op":"test","op":"add","path":"/metadata/annotations","value":{"a":"b"},"note":1}]';
    expect(patch('json', operation).headers).toEqual(
      expect.arrayContaining([warning('json patch duplicate field "[0].op"'), warning('json patch unknown field "[0].note"')]),
    );
    expect(patch('merge', '{"kind":"Secret"}').body.message).toMatch(/: converting \(v1.Secret\) to \(core.ConfigMap\): unknown conversion$/);
    expect(patch('strategic-merge', '{"kind":"Secret"}').code).toBe(200);
    expect(patch('strategic-merge', '{').body.message).toBe('unexpected end of JSON input');
    expect(patch('merge', '{').body.message).toBe('error decoding patch: unexpected end of JSON input');
  });

  it('PUT makes what some kinds have not got, and asks others for the revision', () => {
    const lease = { metadata: { name: 'a' }, spec: { holderIdentity: 'me' } };
    const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases/a';
    expect(verdict('PUT', leases, lease)).toBe('201 Lease');
    expect(verdict('PUT', leases, lease)).toBe(
      '422 leases.coordination.k8s.io "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
    expect(verdict('PUT', `${MAPS}/a`, { metadata: { name: 'a' } })).toBe('404 configmaps "a" not found');
  });
});

describe('old addresses', () => {
  it('a binding is posted to the pod that it names', () => {
    w.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { schedulerName: 'mine', containers: [{ name: 'c', image: 'nginx' }] } });
    const bindings = '/api/v1/namespaces/default/bindings';
    expect(verdict('POST', bindings, { metadata: { name: 'p' }, target: { kind: 'Node', name: 'n' } })).toBe('201 Status');
    expect(w.object('core/pods/default/p')?.spec.nodeName).toBe('n');
    expect(verdict('POST', bindings, { metadata: { name: 'q' }, target: { name: 'n' } })).toBe('404 pods "q" not found');
    expect(verdict('GET', bindings)).toBe('405 the server does not allow this method on the requested resource');
  });

  it('component statuses are well, and on their way out', () => {
    const { body, headers } = w.request('GET', '/api/v1/componentstatuses', undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    expect(body.rows.map((row: { cells: unknown }) => row.cells)).toContainEqual(['etcd-0', 'Healthy', 'ok', '']);
    expect(headers).toContainEqual(['warning', '299 - "v1 ComponentStatus is deprecated in v1.19+"']);
  });

  it('whoever reads Endpoints is told of slices', () => {
    const warning = ['warning', '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"'];
    for (const url of ['/api/v1/endpoints', '/api/v1/namespaces/default/endpoints/kubernetes'])
      expect(w.request('GET', url).headers).toContainEqual(warning);
  });
});

describe('tables', () => {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';

  it('are one line each in a watch', () => {
    const watch = w.respond('GET', `${MAPS}?watch=1`, undefined, { accept });
    expect(watch.type === 'watch' && watch.initial.map((line) => line.indexOf('\n') === line.length - 1)).toEqual([true]);
  });

  it('are not made of answers', () => {
    const url = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const review = { spec: { resourceAttributes: { verb: 'get', resource: 'pods' } } };
    expect(w.request('POST', url, review, { accept }).body.message).toBe(
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
    expect(w.request('POST', url, review).code).toBe(201);
  });

  it('hold of their objects what is asked for', () => {
    const row = (query: string) => w.request('GET', `${MAPS}${query}`, undefined, { accept }).body;
    expect(row('').rows[0].object.kind).toBe('PartialObjectMetadata');
    expect(row('?includeObject=Object').rows[0].object.kind).toBe('ConfigMap');
    expect(row('?includeObject=None').rows[0].object).toBeUndefined();
    expect(row('?includeObject=All').message).toBe(`includeObject: Invalid value: "All": must be 'Metadata', 'Object', 'None', or empty`);
  });
});

describe('scale', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  };
  const wanted = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'd' }, spec: { replicas: 1 } };

  it('is a table of its own', () => {
    w.apply(deployment);
    const { body } = w.request('GET', `${DEPLOYMENTS}/d/scale`, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    expect(body.columnDefinitions.map((column: { name: string }) => column.name)).toEqual(['Name', 'Desired', 'Available', 'Age']);
    expect(body.rows[0].cells).toEqual(['d', 3, 3, '0s']);
  });

  it('is of no other object of that name', () => {
    w.apply(deployment);
    const { uid } = w.object('apps/deployments/default/d')?.metadata ?? {};
    const put = (of: string) => w.request('PUT', `${DEPLOYMENTS}/d/scale`, { ...wanted, metadata: { name: 'd', namespace: 'default', uid: of } });
    expect(put('old').body.message).toBe(
      `Operation cannot be fulfilled on deployments.apps "d": Precondition failed: UID in precondition: old, UID in object meta: ${uid}`,
    );
    expect(put(uid as string).code).toBe(200);
  });

  it('can be applied, and owns the replicas then', () => {
    w.apply(deployment);
    const apply = (query: string) => verdict('PATCH', `${DEPLOYMENTS}/d/scale?fieldManager=hpa${query}`, wanted, 'application/apply-patch+yaml');
    expect(apply('')).toBe('409 Apply failed with 1 conflict: conflict with "test": .spec.replicas');
    expect(apply('&force=true')).toBe('200 Scale');
    const { spec, metadata } = w.object('apps/deployments/default/d') as NonNullable<ReturnType<World['object']>>;
    expect(spec.replicas).toBe(1);
    expect(metadata.managedFields).toContainEqual(
      expect.objectContaining({ manager: 'hpa', operation: 'Apply', subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }),
    );
  });
});
