import { objectKey } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import { type AccessQuestion, type Decision, type PolicyRule, ruleAllows } from './authorize.ts';
import type { UserInfo } from './request.ts';

// Models plugin/pkg/auth/authorizer/node/node_authorizer.go.
const PREFIX = 'system:node:';
const NODES = 'system:nodes';
const LEASES = 'kube-node-lease';
const READS = ['get', 'list', 'watch'];
const WRITES = ['get', 'create', 'update', 'patch', 'delete'];

/** The node whose kubelet a user is. */
export const nodeOf = ({ username, groups }: UserInfo): string | undefined =>
  groups.includes(NODES) && username.startsWith(PREFIX) && username.length > PREFIX.length ? username.slice(PREFIX.length) : undefined;

const allow: Decision = { allowed: true, reason: '' };
const no = (reason: string): Decision => ({ allowed: false, reason });

type Spec = KubeObject['spec'];
type Uses = (pod: KubeObject, name: string) => boolean;

const environments = (spec: Spec): Spec[] =>
  [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])].flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }: Spec) => valueFrom ?? {}),
    ...envFrom,
  ]);
const sources = (spec: Spec): Spec[] => (spec.volumes ?? []).flatMap((volume: Spec) => [volume, ...(volume.projected?.sources ?? [])]);

const usesSecret: Uses = ({ spec }, wanted) =>
  (spec.imagePullSecrets ?? []).some(({ name }: Spec) => name === wanted) ||
  environments(spec).some(({ secretKeyRef, secretRef }) => (secretKeyRef ?? secretRef)?.name === wanted) ||
  sources(spec).some(({ secret }) => (secret?.secretName ?? secret?.name) === wanted);

const usesConfigMap: Uses = ({ spec }, wanted) =>
  environments(spec).some(({ configMapKeyRef, configMapRef }) => (configMapKeyRef ?? configMapRef)?.name === wanted) ||
  sources(spec).some(({ configMap }) => configMap?.name === wanted);

const usesClaim: Uses = ({ spec, metadata }, wanted) =>
  (spec.volumes ?? []).some(
    (volume: Spec) => volume.persistentVolumeClaim?.claimName === wanted || (volume.ephemeral && `${metadata.name}-${volume.name}` === wanted),
  );

const usesAccount: Uses = ({ spec }, wanted) => (spec.serviceAccountName ?? 'default') === wanted;
const isIt: Uses = ({ metadata }, wanted) => metadata.name === wanted;

/** Whether a pod of the node has to do with an object: nothing else is the kubelet's business. */
function related(view: View, node: string, { name, namespace }: AccessQuestion, uses: Uses): Decision {
  if (name === '') return no('No Object name found');
  const pods = view.indexed('core/pods', 'node', node).filter(({ metadata }) => metadata.namespace === namespace);
  return pods.some((pod) => uses(pod, name)) ? allow : no(`no relationship found between node '${node}' and this object`);
}

function individually(view: View, node: string, question: AccessQuestion, uses: Uses): Decision {
  if (question.verb !== 'get') return no('can only get individual resources of this type');
  return question.subresource === '' ? related(view, node, question, uses) : no('cannot get subresource');
}

function readable(view: View, node: string, question: AccessQuestion, uses: Uses): Decision {
  if (!READS.includes(question.verb)) return no('can only read resources of this type');
  return question.subresource === '' ? related(view, node, question, uses) : no('cannot read subresource');
}

/** A volume belongs to the claim that it is bound to. */
function volume(view: View, node: string, question: AccessQuestion): Decision {
  const claim = view.get(objectKey('core/persistentvolumes', '', question.name))?.spec?.claimRef;
  return individually(view, node, { ...question, ...(claim ? { name: claim.name, namespace: claim.namespace } : {}) }, usesClaim);
}

function lease(node: string, { verb, namespace, name }: AccessQuestion): Decision {
  if (!WRITES.includes(verb)) return no('can only get, create, update, patch, or delete a node lease');
  if (namespace !== LEASES) return no(`can only access leases in the "${LEASES}" system namespace`);
  return verb === 'create' || name === node ? allow : no('can only access node lease with the same name as the requesting node');
}

function csiNode(node: string, { verb, subresource, name }: AccessQuestion): Decision {
  if (!WRITES.includes(verb)) return no('can only get, create, update, patch, or delete a CSINode');
  if (subresource !== '') return no('cannot authorize CSINode subresources');
  return verb === 'create' || name === node ? allow : no('can only access CSINode with the same name as the requesting node');
}

/** Of what is subdivided, the part that is the node's; undefined where the rules of all nodes decide. */
function subdivided(view: View, node: string, question: AccessQuestion): Decision | undefined {
  const { verb, subresource, name, fieldSelector = '' } = question;
  switch (`${question.resource}.${question.group}`) {
    case 'secrets.':
      return readable(view, node, question, usesSecret);
    case 'configmaps.':
      return readable(view, node, question, usesConfigMap);
    case 'persistentvolumeclaims.':
      return subresource === 'status' ? related(view, node, question, usesClaim) : individually(view, node, question, usesClaim);
    case 'persistentvolumes.':
      return volume(view, node, question);
    case 'serviceaccounts.':
      if (verb === 'create' && subresource === 'token') return related(view, node, question, usesAccount);
      return individually(view, node, question, usesAccount);
    case 'leases.coordination.k8s.io':
      return lease(node, question);
    case 'csinodes.storage.k8s.io':
      return csiNode(node, question);
    case 'nodes.':
      if (!READS.includes(verb) || subresource !== '' || name === node) return undefined;
      return no(`node '${node}' cannot read ${name === '' ? 'all nodes' : `'${name}'`}, only its own Node object`);
    case 'pods.':
      if (!READS.includes(verb) || subresource !== '') return undefined;
      if (verb === 'get') return related(view, node, question, isIt);
      return fieldSelector.split(',').includes(`spec.nodeName=${node}`) ? allow : no(`can only list/watch pods with spec.nodeName field selector`);
  }
  return undefined;
}

/** What a kubelet may do besides what roles allow; undefined for everybody else. The rules of all nodes are those of the role made for them. */
export function decideForNode(view: View, user: UserInfo, question: AccessQuestion): Decision | undefined {
  const node = nodeOf(user);
  if (node === undefined) return undefined;
  const own = question.resource === '' ? undefined : subdivided(view, node, question);
  if (own) return own;
  const rules = (view.get(objectKey('rbac.authorization.k8s.io/clusterroles', '', 'system:node'))?.rules ?? []) as PolicyRule[];
  return { allowed: rules.some((rule) => ruleAllows(rule, question)), reason: '' };
}
