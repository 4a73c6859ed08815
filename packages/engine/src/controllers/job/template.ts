import type { Container } from '@vivakube/schema/types/core.v1';
import type { KubeObject } from '../../core/object.ts';
import { JOBS, type Job, type Pod, type PodTemplate } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { podFromTemplate } from '../shared/template.ts';
import { failureAnnotations } from './per-index.ts';
import { COMPLETION_INDEX, hasLimitPerIndex, TRACKING_FINALIZER } from './pods.ts';

const INDEX_ENV = 'JOB_COMPLETION_INDEX';
/** What a generated name leaves room for. Models MaxGeneratedNameLength in k8s.io/apiserver/pkg/storage/names. */
const GENERATE_NAME_MAX = 58;

function withIndexVariable<T extends Container>(container: T): T {
  const env = container.env ?? [];
  if (env.some(({ name }) => name === INDEX_ENV)) return container;
  return { ...container, env: [...env, { name: INDEX_ENV, valueFrom: { fieldRef: { fieldPath: `metadata.labels['${COMPLETION_INDEX}']` } } }] };
}

function indexed(job: Job, template: PodTemplate, index: number, replaced: Pod | undefined): PodTemplate {
  const { metadata, spec } = template;
  return {
    metadata: {
      ...metadata,
      labels: { ...metadata?.labels, [COMPLETION_INDEX]: String(index) },
      annotations: {
        ...metadata?.annotations,
        [COMPLETION_INDEX]: String(index),
        ...(hasLimitPerIndex(job) ? failureAnnotations(job, replaced) : {}),
      },
    },
    spec: {
      ...spec,
      ...(spec?.initContainers ? { initContainers: spec.initContainers.map(withIndexVariable) } : {}),
      containers: (spec?.containers ?? []).map(withIndexVariable),
      hostname: `${job.metadata.name}-${index}`,
    },
  };
}

/** Models podGenerateNameWithIndex in pkg/controller/job/indexed_job_utils.go. */
function generateNameFor(job: Job, index: number): string {
  const suffix = `-${index}-`;
  return job.metadata.name.slice(0, GENERATE_NAME_MAX - suffix.length) + suffix;
}

/** The pod that a Job makes next. */
export function podOf(job: Job, index?: number, replaced?: Pod): KubeObject {
  const { template } = job.spec;
  const chosen = index === undefined ? template : indexed(job, template, index, replaced);
  const { metadata } = job;
  const pod = podFromTemplate(chosen, { name: metadata.name, namespace: metadata.namespace as string }, newControllerRef(job, JOBS));
  const finalizers = pod.metadata.finalizers ?? [];
  if (!finalizers.includes(TRACKING_FINALIZER)) pod.metadata.finalizers = [...finalizers, TRACKING_FINALIZER];
  if (index !== undefined) pod.metadata.generateName = generateNameFor(job, index);
  return pod;
}
