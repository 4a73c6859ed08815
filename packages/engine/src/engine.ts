import { kindsOf } from './kinds/apiextensions/custom/registry.ts';
import { metadataRules } from './kinds/shared/metadata-rules.ts';
import { ADMISSION } from './machinery/admission/index.ts';
import { mutatingAdmissionPolicy } from './machinery/admission/mutating-admission-policy.ts';
import { resourceQuota } from './machinery/admission/quota/index.ts';
import { validatingAdmissionPolicy } from './machinery/admission/validating-admission-policy.ts';
import type { Machine } from './machinery/machine.ts';
import { Registry } from './machinery/registry.ts';
import { ACTIONS, CONTROLLERS, KINDS } from './registry.gen.ts';
import { assemble, type Engine } from './settle.ts';

const registry = new Registry(KINDS);
const kinds = kindsOf(registry);

const machine: Machine = {
  registry,
  kinds,
  actions: new Map(ACTIONS.map((action) => [`${action.resource}/${action.subresource}`, action])),
  metadata: metadataRules,
  admission: [...ADMISSION, mutatingAdmissionPolicy(kinds), validatingAdmissionPolicy(kinds), resourceQuota],
};

/** The cluster engine with everything that its folders hold. */
export const engine: Engine = assemble(machine, CONTROLLERS);

/** Index entries of objects, for whoever loads a state. */
export const indexer = registry.indexer;
