import type { AdmissionPlugin } from '../machine.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { priority } from './priority.ts';
import { serviceAccount } from './service-account.ts';

/** In the order of pkg/kubeapiserver/options/plugins.go. */
export const ADMISSION: readonly AdmissionPlugin[] = [namespaceLifecycle, serviceAccount, priority, defaultTolerationSeconds];
