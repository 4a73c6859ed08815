import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const URL = '/apis/authorization.k8s.io/v1';
const w = world({ workers: 0 });
const ask = (spec: object): string => w.request('POST', `${URL}/selfsubjectaccessreviews`, { spec }).body.message;
const invalid = (text: string): string => `SelfSubjectAccessReview.authorization.k8s.io "" is invalid: ${text}`;

it.each([
  [
    { fieldSelector: { rawSelector: 'foo', requirements: [{ key: 'x' }] } },
    'fieldSelector.rawSelector: Invalid value: "foo": may not specified at the same time as requirements',
  ],
  [
    { labelSelector: {} },
    'labelSelector.requirements: Required value: when spec.resourceAttributes.labelSelector is specified, requirements or rawSelector is required',
  ],
  [{ fieldSelector: { requirements: [{ key: '' }] } }, 'fieldSelector.requirements[0].key: Required value: must be specified'],
  [
    { fieldSelector: { requirements: [{ key: 'k', operator: 'In', values: [] }] } },
    "fieldSelector.requirements[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
  ],
  [
    {
      labelSelector: {
        requirements: [
          { key: 'a', operator: 'Newer' },
          { key: 'b', operator: 'Exists', values: ['x'] },
        ],
      },
    },
    "labelSelector.requirements[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
  ],
])('selectors of a question are looked at: %j', (selectors, text) => {
  expect(ask({ resourceAttributes: { verb: 'list', resource: 'pods', ...selectors } })).toBe(invalid(`spec.resourceAttributes.${text}`));
});

it('operators of tomorrow are let through', () => {
  const labelSelector = { requirements: [{ key: 'a', operator: 'Newer', values: ['1'] }] };
  expect(ask({ resourceAttributes: { verb: 'list', resource: 'pods', labelSelector } })).toBeUndefined();
});

it('paths are shown as Go names them', () => {
  const spec = { user: 'x', nonResourceAttributes: { path: '/x', verb: 'get' } };
  const { body } = w.request('POST', `${URL}/namespaces/default/localsubjectaccessreviews`, { spec });
  expect(body.message).toContain('spec.nonResourceAttributes: Invalid value: {"Path":"/x","Verb":"get"}: disallowed on this kind of request');
});
