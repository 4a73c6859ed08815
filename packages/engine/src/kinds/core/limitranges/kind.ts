import { chanceUuid } from '../../../core/chance.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { createdAtColumn, nameColumn } from '../../cells/standard.ts';
import { defaults } from './defaults.ts';
import { validate } from './validate.ts';

export const limitRange = defineKind({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  shortNames: ['limits'],
  scope: 'Namespaced',
  schema: 'core.v1.LimitRange',
  createsOnUpdate: true,
  defaults,
  // One without a name gets one: pkg/registry/core/limitrange/strategy.go.
  prepareForCreate: ({ metadata }, { seed }) => {
    metadata.name ||= chanceUuid(seed, metadata.uid ?? '', 'limit range name');
  },
  validate,
  validateUpdate: validate,
  columns: [nameColumn, createdAtColumn],
  exactColumns: true,
});
