import type { KubeObject } from '../../../core/object.ts';
import type { AdmissionPlugin, Attributes } from '../../machine.ts';
import { forbidden } from '../../status.ts';
import { isWriteOf } from '../subject.ts';
import { claimProblems, podProblems } from './constraints.ts';
import { setPodDefaults } from './defaults.ts';

const rangesOf = ({ txn, namespace }: Attributes): KubeObject[] => txn.list('core/limitranges', namespace);

/** Defaults and bounds for what pods and claims of a namespace ask for. Models plugin/pkg/admission/limitranger. */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  admit: (attributes) => {
    const { object } = attributes;
    if (!isWriteOf(attributes, '', 'pods', 'CREATE') || !object?.spec) return;
    for (const range of rangesOf(attributes)) setPodDefaults(object, range);
  },
  validate: (attributes) => {
    const { object, kind, name } = attributes;
    const about = problemsAbout(attributes);
    if (!about || !object) return;
    for (const range of rangesOf(attributes)) {
      const problems = [...new Set(about(object, range))];
      if (problems.length > 0)
        throw forbidden(kind.group, kind.plural, name, problems.length === 1 ? (problems[0] as string) : `[${problems.join(', ')}]`);
    }
  },
};

/** Containers of a pod never change what they ask for through the pod itself; `resize` is where they do. */
function problemsAbout(attributes: Attributes): typeof podProblems | undefined {
  if (isWriteOf(attributes, '', 'pods', 'CREATE') || (attributes.kind.plural === 'pods' && attributes.subresource === 'resize')) return podProblems;
  return isWriteOf(attributes, '', 'persistentvolumeclaims', 'CREATE', 'UPDATE') ? claimProblems : undefined;
}
