// Written by scripts/registry.ts from the folders. Do not edit.
import type { Action } from './machinery/action.ts';
import type { Controller } from './machinery/controller.ts';
import type { KindDefinition } from './machinery/kind.ts';
import { deploymentController } from './controllers/deployment/controller.ts';
import { daemonSet } from './kinds/apps/daemonsets/kind.ts';
import { deployment } from './kinds/apps/deployments/kind.ts';
import { replicaSet } from './kinds/apps/replicasets/kind.ts';
import { statefulSet } from './kinds/apps/statefulsets/kind.ts';
import { selfSubjectReview } from './kinds/authentication/selfsubjectreviews/kind.ts';
import { localSubjectAccessReview } from './kinds/authorization/localsubjectaccessreviews/kind.ts';
import { selfSubjectAccessReview } from './kinds/authorization/selfsubjectaccessreviews/kind.ts';
import { selfSubjectRulesReview } from './kinds/authorization/selfsubjectrulesreviews/kind.ts';
import { subjectAccessReview } from './kinds/authorization/subjectaccessreviews/kind.ts';
import { cronJob } from './kinds/batch/cronjobs/kind.ts';
import { job } from './kinds/batch/jobs/kind.ts';

export const KINDS = [
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
  selfSubjectReview,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  cronJob,
  job,
] as unknown as readonly KindDefinition[];

export const CONTROLLERS: readonly Controller[] = [
  deploymentController,
];

export const ACTIONS: readonly Action[] = [];
