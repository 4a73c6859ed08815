import { defineKind } from '../../../machinery/kind.ts';

/** The old address of pods/binding. */
export const binding = defineKind({
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  scope: 'Namespaced',
  schema: 'core.v1.Binding',
  verbs: ['create'],
  postsTo: { plural: 'pods', subresource: 'binding' },
  columns: [],
});
