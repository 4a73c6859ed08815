import { expect, it } from 'vitest';
import { keptFields } from './kept-fields.ts';

const object = (spec: object) => ({ kind: 'Deployment', metadata: { name: 'web' }, spec });
const containers = (...list: object[]) => object({ template: { spec: { containers: list } } });

it.each([
  ['nothing removed', object({ replicas: 3 }), object({ replicas: 4 }), object({ replicas: 4 }), []],
  ['removed and gone', object({ paused: true, replicas: 3 }), object({ replicas: 3 }), object({ replicas: 3 }), []],
  ['removed but kept', object({ paused: true, replicas: 3 }), object({ replicas: 3 }), object({ paused: true, replicas: 3 }), ['spec.paused']],
  [
    'in a named list',
    containers({ name: 'a', image: 'x', command: ['y'] }, { name: 'b' }),
    containers({ name: 'a', image: 'x' }),
    containers({ name: 'b' }, { name: 'a', image: 'x', command: ['y'] }),
    ['spec.template.spec.containers[name="a"].command', 'spec.template.spec.containers[name="b"]'],
  ],
  ['a list without names is one value', object({ args: ['a', 'b'] }), object({ args: ['a'] }), object({ args: ['a'] }), []],
  ['a default the server fills in is nobody’s removal', object({ replicas: 3 }), object({ replicas: 3 }), object({ replicas: 3, strategy: {} }), []],
])('%s', (_name, original, mine, after, kept) => expect(keptFields(original, mine, after)).toEqual(kept));
