import type { KubeObject } from '../../core/object.ts';
import type { Column } from '../../machinery/kind.ts';
import { labelSelectorText } from './selector-text.ts';
import { text, wide } from './standard.ts';

type TemplateOf = (object: KubeObject) => KubeObject | undefined;

const podTemplate: TemplateOf = (object) => object.spec?.template;

const joined = (object: KubeObject, field: 'name' | 'image', template: TemplateOf): string =>
  (
    (template(object)?.spec?.containers ?? []) as {
      name?: string;
      image?: string;
    }[]
  )
    .map((container) => container[field] ?? '')
    .join(',');

/** The wide columns of everything that carries a pod template. Models layoutContainerCells. */
export const containerColumns = (template = podTemplate): Column<KubeObject>[] => [
  wide(text('Containers', 'Names of each container in the template.', (object) => joined(object, 'name', template))),
  wide(text('Images', 'Images referenced by each container in the template.', (object) => joined(object, 'image', template))),
];

export const selectorColumn = (description: string): Column<KubeObject> =>
  wide(text('Selector', description, (object) => labelSelectorText(object.spec?.selector)));
