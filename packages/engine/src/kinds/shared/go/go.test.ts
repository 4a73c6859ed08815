import { describe, expect, test } from 'vitest';
import { invalid } from '../../../machinery/field.ts';
import { goDiff, unifiedDiff } from './diff.ts';
import { goMap, goSelector, goStruct } from './show.ts';

const shown = (value: unknown): string => invalid('f', value, '').body;

describe('values in errors', () => {
  test.each([
    [
      'an internal type has all its fields',
      goStruct('DeploymentStrategy', { type: 'X', rollingUpdate: { maxSurge: '50%', maxUnavailable: 1 } }),
      '{"Type":"X","RollingUpdate":{"MaxUnavailable":1,"MaxSurge":"50%"}}',
    ],
    ['an absent part is null', goStruct('StatefulSetUpdateStrategy', { type: 'X' }), '{"Type":"X","RollingUpdate":null}'],
    [
      'embedded metadata keeps its names',
      goStruct('PodTemplateSpec', { metadata: { labels: { b: '2', a: '1' } }, spec: {} }),
      expect.stringMatching(/^Invalid value: {"labels":{"a":"1","b":"2"},"Spec":{"Volumes":null,/),
    ],
    ['a map is sorted', goMap({ b: '1', B: '2', a: '3' }), '{"B":"2","a":"3","b":"1"}'],
    ['an absent map', goMap(undefined), 'null'],
    [
      'a selector leaves out what is empty',
      goSelector({ matchExpressions: [{ key: 'k', operator: 'Exists', values: [] }], matchLabels: {} }),
      '{"matchExpressions":[{"key":"k","operator":"Exists"}]}',
    ],
    ['what could end a script', { rule: 'a < b && c > d' }, '{"rule":"a \\u003c b \\u0026\\u0026 c \\u003e d"}'],
  ])('%s', (_, value, expected) => {
    expect(shown(value)).toEqual(typeof expected === 'string' ? `Invalid value: ${expected}` : expected);
  });

  test('a secret of a pod’s volume has a name, of a PersistentVolume a namespace too', () => {
    expect(goStruct('Flex', { secretRef: { name: 's' } }).SecretRef).toEqual({ Name: 's' });
    expect(goStruct('Flex', { secretRef: { name: 's', namespace: 'n' } }).SecretRef).toEqual({ Name: 's', Namespace: 'n' });
  });
});

describe('differences', () => {
  test('one field of a pod, with the lines around it', () => {
    const spec = { containers: [{ name: 'c', image: 'i' }], hostNetwork: true, nodeName: 'a' };
    expect(goDiff('PodSpec', spec, { ...spec, nodeName: 'b', hostNetwork: false })).toBe(
      `@@ -42,9 +42,9 @@
  "NodeSelector": null,
  "ServiceAccountName": "",
  "AutomountServiceAccountToken": null,
- "NodeName": "a",
+ "NodeName": "b",
  "SecurityContext": {
-  "HostNetwork": true,
+  "HostNetwork": false,
   "HostPID": false,
   "HostIPC": false,
   "ShareProcessNamespace": null,
`,
    );
  });

  test.each([
    ['nothing', ['a'], ['a'], ''],
    ['an added line', ['a', 'b'], ['a', 'x', 'b'], '@@ -1,2 +1,3 @@\n a\n+x\n b\n'],
    ['a removed line', ['a'], [], '@@ -1 +0,0 @@\n-a\n'],
    [
      'two places',
      ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
      ['x', '2', '3', '4', '5', '6', '7', '8', 'y'],
      '@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(unifiedDiff(before, after)).toBe(expected);
  });
});
