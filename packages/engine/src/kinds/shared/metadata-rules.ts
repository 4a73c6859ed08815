import type { KindDefinition } from '../../machinery/kind.ts';
import type { MetadataRules } from '../../machinery/machine.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './metadata.ts';

/** A kind with a definition of its own is a custom resource, whose finalizers may be called anything. */
const isCustom = (kind: KindDefinition): boolean => kind.definition !== undefined;

/** How the machinery checks metadata: handed to it, because it may not look at kinds. */
export const metadataRules: MetadataRules = {
  validate: (meta, kind) =>
    validateObjectMeta(meta, {
      namespaced: kind.scope === 'Namespaced',
      nameRule: kind.nameRule,
      anyFinalizer: isCustom(kind),
    }),
  validateUpdate: (meta, old, kind) =>
    validateObjectMetaUpdate(meta, old, 'metadata', {
      anyFinalizer: isCustom(kind),
    }),
};
