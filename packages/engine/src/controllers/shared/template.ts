import type { KubeObject, OwnerReference } from '../../core/object.ts';
import { isDns1123Subdomain } from '../../kinds/shared/names.ts';
import type { PodTemplate } from './objects.ts';

/** A trailing hyphen, unless that would make the generated name invalid. Models validateControllerName in pkg/controller/controller_utils.go. */
export function generateNameFor(owner: string): string {
  const prefix = `${owner}-`;
  return isDns1123Subdomain(`${prefix}a`).length === 0 ? prefix : owner;
}

/** A pod from a template, not yet named. Models GetPodFromTemplate in pkg/controller/controller_utils.go. */
export function podFromTemplate(template: PodTemplate, owner: { name: string; namespace: string }, ref: OwnerReference): KubeObject {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: generateNameFor(owner.name),
      namespace: owner.namespace,
      ...(labels ? { labels: { ...labels } } : {}),
      ...(annotations ? { annotations: { ...annotations } } : {}),
      ...(finalizers ? { finalizers: [...finalizers] } : {}),
      ownerReferences: [ref],
    },
    spec: template.spec,
  };
}
