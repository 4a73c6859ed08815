import { equalJson } from '../../core/json.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { type ApiError, forbidden } from '../status.ts';
import { aboutOf, isWriteOf } from './subject.ts';

const refused = (name: string, why: string): ApiError => forbidden('', 'pods', name, why);

/** What a pod takes over from its runtime class: overhead, node selector, tolerations. Models plugin/pkg/admission/runtimeclass. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  admit: (attributes) => {
    const { object } = attributes;
    if (!isWriteOf(attributes, '', 'pods', 'CREATE') || !object?.spec) return;
    const name = aboutOf(attributes);
    const found = classOf(attributes, object);
    if (!found) return;
    setOverhead(object.spec, found, name);
    setScheduling(object.spec, found, name);
  },
  validate: (attributes) => {
    const { object, name } = attributes;
    if (!isWriteOf(attributes, '', 'pods', 'CREATE') || !object?.spec?.overhead || classOf(attributes, object)?.overhead) return;
    throw refused(name, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
  },
};

function classOf(attributes: Attributes, pod: KubeObject): KubeObject | undefined {
  const asked = pod.spec.runtimeClassName;
  if (asked === undefined) return undefined;
  const found = attributes.txn.get(objectKey('node.k8s.io/runtimeclasses', '', asked));
  if (!found) throw refused(aboutOf(attributes), `pod rejected: RuntimeClass "${asked}" not found`);
  return found;
}

function setOverhead(spec: KubeObject['spec'], { overhead }: KubeObject, name: string): void {
  if (!overhead) return;
  if (spec.overhead !== undefined && !equalJson(spec.overhead, overhead.podFixed)) {
    throw refused(name, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  }
  spec.overhead = { ...overhead.podFixed };
}

function setScheduling(spec: KubeObject['spec'], { scheduling }: KubeObject, name: string): void {
  if (!scheduling) return;
  for (const [key, value] of Object.entries((scheduling.nodeSelector ?? {}) as Record<string, string>)) {
    const own = spec.nodeSelector?.[key];
    if (own !== undefined && own !== value) {
      throw refused(name, `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`);
    }
  }
  if (scheduling.nodeSelector) spec.nodeSelector = { ...spec.nodeSelector, ...scheduling.nodeSelector };
  const added = (scheduling.tolerations ?? []).filter(
    (toleration: unknown) => !(spec.tolerations ?? []).some((own: unknown) => equalJson(own, toleration)),
  );
  if (added.length > 0) spec.tolerations = [...(spec.tolerations ?? []), ...added];
}
