import { equalJson } from '../../core/json.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { nodeOf } from '../node-authorizer.ts';
import { type ApiError, forbidden } from '../status.ts';
import { aboutOf } from './subject.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const RESTRICTED = 'node-restriction.kubernetes.io';
const OWN_LABELS = [
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
];
const OWN_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];

const domainOf = (label: string): string => (label.includes('/') ? label.slice(0, label.indexOf('/')) : '');
const isIn = (domain: string, outer: string): boolean => domain === outer || domain.endsWith(`.${outer}`);

/** Labels that say something about a node which is not the node's own to say. */
function isForbiddenLabel(label: string): boolean {
  const domain = domainOf(label);
  if (isIn(domain, RESTRICTED)) return true;
  if (!isIn(domain, 'kubernetes.io') && !isIn(domain, 'k8s.io')) return false;
  return !OWN_LABELS.includes(label) && !OWN_DOMAINS.some((own) => isIn(domain, own));
}

const refuse = (attributes: Attributes, why: string): ApiError => forbidden(attributes.kind.group, attributes.kind.plural, aboutOf(attributes), why);

function changedLabels(object: KubeObject | undefined, old: KubeObject | undefined): string[] {
  const [now, before] = [object?.metadata.labels ?? {}, old?.metadata.labels ?? {}];
  return [...new Set([...Object.keys(now), ...Object.keys(before)])].filter((label) => now[label] !== before[label]).sort();
}

function checkNode(attributes: Attributes, node: string): void {
  const { operation, object, old, name } = attributes;
  const about = name || object?.metadata.name || '';
  if (about !== node) throw refuse(attributes, `node "${node}" is not allowed to modify node "${about}"`);
  const labels = changedLabels(object, old).filter(isForbiddenLabel);
  if (operation === 'CREATE' && labels.length > 0)
    throw refuse(attributes, `node "${node}" is not allowed to set the following labels: ${labels.join(', ')}`);
  if (operation !== 'UPDATE') return;
  if (!equalJson(object?.spec?.taints ?? [], old?.spec?.taints ?? [])) throw refuse(attributes, `node "${node}" is not allowed to modify taints`);
  if (labels.length > 0) throw refuse(attributes, `is not allowed to modify labels: ${labels.join(', ')}`);
}

function checkNewPod(attributes: Attributes, node: string): void {
  const { object } = attributes;
  if (object?.metadata.annotations?.[MIRROR] === undefined)
    throw refuse(attributes, `pod does not have "${MIRROR}" annotation, node "${node}" can only create mirror pods`);
  if (object.spec?.nodeName !== node) throw refuse(attributes, `node "${node}" can only create pods with spec.nodeName set to itself`);
}

function checkPod(attributes: Attributes, node: string): void {
  const { operation, subresource, namespace, name, old, txn } = attributes;
  if (operation === 'CREATE' && subresource === '') {
    checkNewPod(attributes, node);
    return;
  }
  const known = old ?? txn.get(objectKey('core/pods', namespace, name));
  const what = operation === 'DELETE' ? 'delete' : subresource === 'eviction' ? 'evict' : 'update pod status for';
  if (known && known.spec?.nodeName !== node) throw refuse(attributes, `node "${node}" can only ${what} pods with spec.nodeName set to itself`);
}

/** Kubelets write about themselves and their pods only. Models plugin/pkg/admission/noderestriction. */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  validate: (attributes) => {
    const { kind, user } = attributes;
    if (user.trusted) return;
    const node = nodeOf(user);
    if (node === undefined || kind.group !== '') return;
    if (kind.plural === 'nodes') checkNode(attributes, node);
    else if (kind.plural === 'pods') checkPod(attributes, node);
  },
};
