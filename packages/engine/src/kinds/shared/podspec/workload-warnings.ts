import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../fields.ts';
import { isDns1123Label } from '../names.ts';
import { templateWarnings } from './warnings/pod.ts';

const NAME = 'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';

/** What kinds that make pods say about their template, whenever it may have changed. Models WarningsOnCreate and WarningsOnUpdate of their strategies. */
export const templateWarningsAt =
  (path: string, template: (spec: Part) => Part) =>
  (object: KubeObject, old?: KubeObject): string[] =>
    old && old.metadata.generation === object.metadata.generation ? [] : templateWarnings(template(object.spec), path);

/** Those of them whose pods are called after them say so as well, where the name has dots or is long. */
export const namingTemplateWarningsAt = (path: string, template: (spec: Part) => Part) => {
  const ofTemplate = templateWarningsAt(path, template);
  return (object: KubeObject, old?: KubeObject): string[] => {
    const findings = old ? [] : isDns1123Label(object.metadata.name ?? '');
    return [...(findings.length > 0 ? [`${NAME}: [${findings.join(' ')}]`] : []), ...ofTemplate(object, old)];
  };
};
