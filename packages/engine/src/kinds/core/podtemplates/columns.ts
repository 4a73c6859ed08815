import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { labelsText } from '../../cells/selector-text.ts';
import { nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

const joined = (object: KubeObject, field: string): string => ((object.template?.spec?.containers ?? []) as Part[]).map((c) => c[field]).join(',');

export const columns: Column<KubeObject>[] = [
  nameColumn,
  text('Containers', 'Names of each container in the template.', (t) => joined(t, 'name')),
  text('Images', 'Images referenced by each container in the template.', (t) => joined(t, 'image')),
  text('Pod Labels', 'The labels for the pod template.', (t) => labelsText(t.template?.metadata?.labels)),
];
