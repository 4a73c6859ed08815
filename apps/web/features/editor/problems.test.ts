import { describe, expect, it } from 'vitest';
import { readManifests } from './documents.ts';
import { lineOfField, parseFieldPath } from './locate.ts';
import { problemsOf, warningProblem } from './problems.ts';

const text = `# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    example.com/owner: me
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: nginx
        image: nginx
      - image: redis
        name: cache
        img: x
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports:
  - port: 80
---
# nothing here
`;

const { manifests, problems } = readManifests(text);
const [deployment, service] = manifests;
if (!deployment || !service) throw new Error('two manifests');

describe('readManifests', () => {
  it('finds the documents and passes over empty ones', () => {
    expect(manifests.map(({ title, line }) => [title, line])).toEqual([
      ['Deployment web', 2],
      ['Service web', 19],
    ]);
    expect(problems).toEqual([]);
  });
  it.each([
    ['kind: Pod\nmetadata: {name: a}\n', 1, 'apiVersion not set'],
    ['apiVersion: v1\nmetadata: {name: a}\n', 1, 'kind not set'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {}\n', 1, 'resource name may not be empty'],
    ['- a\n', 1, 'a manifest must be a mapping'],
  ])('%j', (bad, line, message) => expect(readManifests(bad).problems).toMatchObject([{ line, message }]));
  it('puts a syntax error on its line', () => {
    expect(readManifests('a: 1\nb: [1\nc: 2\n').problems[0]).toMatchObject({ severity: 'error', line: 3 });
    expect(readManifests('a: 1\na: 2\n').problems[0]).toMatchObject({ line: 2, message: 'Map keys must be unique' });
  });
});

describe('lineOfField', () => {
  it.each([
    ['spec.replicas', 9],
    ['spec.template.spec.containers[1].img', 17],
    ['spec.template.spec.containers[0]', 13],
    ['.spec.template.spec.containers[name="cache"].image', 15],
    ['metadata.annotations[example.com/owner]', 7],
    ['spec.template.spec.containers[0].resources.limits', 13],
    ['spec.selector', 8],
    ['nowhere.at.all', 2],
  ])('%s is at line %i', (path, line) => expect(lineOfField(deployment, path)).toBe(line));
  it('counts in the whole text, not in the document', () => expect(lineOfField(service, 'spec.ports[0].port')).toBe(24));
  it('reads keys of apply paths', () =>
    expect(parseFieldPath('.a[port=80,protocol="TCP"].b')).toEqual(['a', { by: { port: 80, protocol: 'TCP' } }, 'b']));
});

describe('problemsOf', () => {
  const status = (message: string, causes?: { field: string; message: string }[]) => ({
    kind: 'Status' as const,
    code: 422,
    message,
    details: { causes },
  });
  it('takes the fields of the causes', () => {
    const found = problemsOf(
      status('Deployment.apps "web" is invalid', [{ field: 'spec.replicas', message: 'Invalid value: -1: must be greater than or equal to 0' }]),
      deployment,
    );
    expect(found).toMatchObject([{ line: 9, message: 'spec.replicas: Invalid value: -1: must be greater than or equal to 0' }]);
  });
  it('reads the names in strict decoding errors', () => {
    const message =
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[1].img", unknown field "spec.foo"';
    expect(problemsOf(status(message), deployment).map(({ line, message }) => [line, message])).toEqual([
      [17, 'unknown field "spec.template.spec.containers[1].img"'],
      [8, 'unknown field "spec.foo"'],
    ]);
  });
  it('reads the paths of a typed patch object', () => {
    const message =
      'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.template.spec.containers[name="cache"].img: field not declared in schema';
    expect(problemsOf(status(message), deployment)).toMatchObject([
      { line: 17, message: '.spec.template.spec.containers[name="cache"].img: field not declared in schema' },
    ]);
  });
  it('puts anything else on the first line of the document', () => {
    expect(problemsOf(status('namespaces "x" not found'), service)).toMatchObject([{ line: 19, message: 'namespaces "x" not found' }]);
  });
  it('shows warnings as warnings', () =>
    expect(warningProblem('unknown field "spec.replicas"', deployment)).toMatchObject({ line: 9, severity: 'warning' }));
});
