import { objectKey } from '../../core/key.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { forbidden } from '../status.ts';
import { aboutOf, isWriteOf } from './subject.ts';

const GROUP = 'scheduling.k8s.io';
const CLASSES = `${GROUP}/priorityclasses`;
/** Upstream the storage keeps these: pkg/registry/scheduling/priorityclass/storage. */
const SYSTEM_CLASSES: readonly string[] = ['system-cluster-critical', 'system-node-critical'];

/** Fills in a pod's priority from its class. Models plugin/pkg/admission/priority. */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  admit: (attributes) => {
    const { operation, kind, subresource, object } = attributes;
    if (operation !== 'CREATE' || kind.group !== '' || kind.plural !== 'pods' || subresource !== '' || !object?.spec) return;
    const { name, value, preemptionPolicy } = classOf(attributes, object.spec.priorityClassName);
    if (object.spec.priority !== undefined && object.spec.priority !== value) {
      throw forbidden(
        '',
        'pods',
        aboutOf(attributes),
        `the integer value of priority (${object.spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
      );
    }
    if (name) object.spec.priorityClassName = name;
    object.spec.priority = value;
    object.spec.preemptionPolicy ??= preemptionPolicy;
  },
  validate: (attributes) => {
    const { operation, object, name, txn } = attributes;
    if (isWriteOf(attributes, GROUP, 'priorityclasses', 'DELETE') && SYSTEM_CLASSES.includes(name)) {
      throw forbidden(GROUP, 'priorityclasses', name, 'this is a system priority class and cannot be deleted');
    }
    if (!isWriteOf(attributes, GROUP, 'priorityclasses', 'CREATE', 'UPDATE') || object?.globalDefault !== true) return;
    const known = txn.list(CLASSES).find((other) => other.globalDefault === true);
    if (!known || (operation === 'UPDATE' && known.metadata.name === name)) return;
    throw forbidden(GROUP, 'priorityclasses', name, `PriorityClass ${known.metadata.name} is already marked as default. Only one default can exist`);
  },
};

function classOf(attributes: Attributes, asked: string | undefined): { name: string; value: number; preemptionPolicy: string } {
  const { txn } = attributes;
  if (asked) {
    const found = txn.get(objectKey(CLASSES, '', asked));
    if (!found) throw forbidden('', 'pods', aboutOf(attributes), `no PriorityClass with name ${asked} was found`);
    return { name: asked, value: found.value ?? 0, preemptionPolicy: found.preemptionPolicy ?? 'PreemptLowerPriority' };
  }
  // With several global defaults the lowest one counts.
  const defaults = txn.list(CLASSES).filter((c) => c.globalDefault === true);
  const lowest = defaults.sort((a, b) => a.value - b.value)[0];
  return { name: lowest?.metadata.name ?? '', value: lowest?.value ?? 0, preemptionPolicy: lowest?.preemptionPolicy ?? 'PreemptLowerPriority' };
}
