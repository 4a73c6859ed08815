import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { AdmissionPlugin, Attributes } from '../../machine.ts';
import { forbidden } from '../../status.ts';
import { detailText, evaluate, type Standard, standardText } from './levels.ts';
import { validateNamespace } from './namespace.ts';
import { standardOf } from './policy.ts';

/** The Pod Security Standards, as the labels of a namespace ask for them. Models k8s.io/pod-security-admission/admission/admission.go. */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  validate: (attributes) => {
    const { kind, operation, subresource } = attributes;
    if (operation !== 'CREATE' && operation !== 'UPDATE') return;
    const resource = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
    if (resource === 'pods') validatePod(attributes);
    else if (subresource === '' && resource === 'namespaces') validateNamespace(attributes);
    else if (subresource === '' && templates.has(resource))
      warnAbout(attributes, (templates.get(resource) as Template)(attributes.object as KubeObject));
  },
};

type Template = (object: KubeObject) => { metadata?: KubeObject['metadata']; spec?: KubeObject['spec'] } | undefined;
const own: Template = ({ spec }) => spec?.template;

/** Where kinds that make pods keep what they make them of. */
const templates: ReadonlyMap<string, Template> = new Map<string, Template>([
  ['replicationcontrollers', own],
  ['podtemplates', ({ template }) => template],
  ['replicasets.apps', own],
  ['deployments.apps', own],
  ['statefulsets.apps', own],
  ['daemonsets.apps', own],
  ['jobs.batch', own],
  ['cronjobs.batch', ({ spec }) => spec?.jobTemplate?.spec?.template],
]);

const DOORS: readonly string[] = ['', 'ephemeralcontainers', 'resize'];

function validatePod(attributes: Attributes): void {
  const { object, old, operation, subresource, name } = attributes;
  if (!object?.spec || !DOORS.includes(subresource) || (operation === 'UPDATE' && old && !isSignificant(object, old))) return;
  const labels = labelsOf(attributes);
  const enforced = standardOf(labels, 'enforce');
  const findings = evaluate(enforced, object.spec, object.metadata);
  if (findings.length > 0)
    throw forbidden('', 'pods', name, `violates PodSecurity ${JSON.stringify(standardText(enforced))}: ${detailText(findings)}`);
  warnAbout(attributes, object);
}

const labelsOf = ({ txn, namespace }: Attributes) => txn.get(objectKey('core/namespaces', '', namespace))?.metadata.labels;

function warnAbout(attributes: Attributes, template: ReturnType<Template>): void {
  const standard: Standard = standardOf(labelsOf(attributes), 'warn');
  if (!template?.spec || standard.level === 'privileged') return;
  const findings = evaluate(standard, template.spec, template.metadata ?? {});
  if (findings.length > 0) attributes.warnings.push(`would violate PodSecurity ${JSON.stringify(standardText(standard))}: ${detailText(findings)}`);
}

/** Only another image or another container can make a pod worse than it was. */
function isSignificant({ spec }: KubeObject, { spec: before }: KubeObject): boolean {
  const images = (of: KubeObject['spec']): string =>
    JSON.stringify(
      [of.initContainers, of.containers, of.ephemeralContainers].map((list) => (list ?? []).map((c: KubeObject['spec']) => [c.name, c.image])),
    );
  return images(spec) !== images(before);
}
