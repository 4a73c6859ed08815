import { objectKey } from '../../core/key.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';

const LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** Pods say in which zone and region their nodes are. Models plugin/pkg/admission/podtopologylabels. */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  admit: (attributes) => {
    const { kind, operation, subresource, object } = attributes;
    if (kind.plural !== 'pods' || kind.group !== '' || !object?.spec?.nodeName) return;
    const isBinding = subresource === 'binding';
    if (!isBinding && (operation !== 'CREATE' || subresource !== '')) return;
    const topology = topologyOf(attributes, object.spec.nodeName);
    if (!topology) return;
    const labels = object.metadata.labels;
    object.metadata.labels = isBinding ? { ...labels, ...topology } : { ...topology, ...labels };
  },
};

function topologyOf({ txn }: Attributes, nodeName: string): Record<string, string> | undefined {
  const labels = txn.get(objectKey('core/nodes', '', nodeName))?.metadata.labels;
  let found: Record<string, string> | undefined;
  for (const label of LABELS) if (labels && Object.hasOwn(labels, label)) found = { ...found, [label]: labels[label] as string };
  return found;
}
