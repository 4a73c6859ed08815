import type { KubeObject } from '../../../core/object.ts';
import { claimSpecWarnings } from '../../shared/claims.ts';
import type { Part } from '../../shared/fields.ts';
import { templateWarningsAt } from '../../shared/podspec/workload-warnings.ts';

const ofTemplate = templateWarningsAt('spec.template', (spec) => spec.template);
const HISTORY = 'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';

/** Models WarningsOnCreate and WarningsOnUpdate in pkg/registry/apps/statefulset/strategy.go; on updates upstream puts a `Spec` into the path. */
export function warnings(set: KubeObject, old?: KubeObject): string[] {
  const claims: Part[] = set.spec.volumeClaimTemplates ?? [];
  return [
    ...ofTemplate(set, old),
    ...claims.flatMap(({ spec }, i) => claimSpecWarnings(spec ?? {}, `spec.volumeClaimTemplates[${i}]${old ? '.Spec' : ''}`)),
    ...(set.spec.revisionHistoryLimit < 0 ? [HISTORY] : []),
  ];
}
