import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';
import { namingTemplateWarningsAt } from '../../shared/podspec/workload-warnings.ts';

const COMPLETIONS_SOFT_MAX = 100_000;
const PARALLELISM_SOFT_MAX = 10_000;
const TOO_MANY =
  'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';

/** What is said of a Job's spec and template, wherever they are. Models WarningsForJobSpec in pkg/api/job/warnings.go. */
export const jobWarningsAt = (path: string, specOf: (spec: Part) => Part | undefined) => {
  const ofTemplate = namingTemplateWarningsAt(`${path}.template`, (spec) => specOf(spec)?.template);
  return (object: KubeObject, old?: KubeObject): string[] => {
    const { completionMode, completions = 0, parallelism = 0 } = specOf(object.spec) ?? {};
    const unchanged = old && old.metadata.generation === object.metadata.generation;
    const many = completionMode === 'Indexed' && completions > COMPLETIONS_SOFT_MAX && parallelism > PARALLELISM_SOFT_MAX;
    return [...(many && !unchanged ? [`${path}: ${TOO_MANY}`] : []), ...ofTemplate(object, old)];
  };
};
