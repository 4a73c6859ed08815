import { expect, it } from 'vitest';
import { validateConditions } from './conditions.ts';

const fine = { type: 'Ready', status: 'True', reason: 'AllGood', lastTransitionTime: '2024-01-01T00:00:00Z', message: '' };

it.each([
  [[fine], []],
  [[fine, fine], ['conditions[1].type: Duplicate value: "Ready"']],
  [
    [{ type: 'Ready', status: 'Maybe' }],
    [
      'conditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"',
      'conditions[0].lastTransitionTime: Required value: must be set',
      'conditions[0].reason: Required value: must be set',
    ],
  ],
  [[{ ...fine, reason: 'a b' }], [expect.stringMatching(/^conditions\[0\]\.reason: Invalid value: "a b": a condition reason must start with/)]],
])('conditions %j', (conditions, expected) => {
  expect(validateConditions(conditions, 'conditions').map(({ field, body }) => `${field}: ${body}`)).toEqual(expected);
});
