import type { KubeObject } from '../../../core/object.ts';
import { ownValue } from '../../shared/fields.ts';

const CLASS = 'kubernetes.io/ingress.class';

/** Models WarningsOnCreate in pkg/registry/networking/ingress/strategy.go: nothing is said on updates. */
export const warnings = ({ metadata, spec }: KubeObject, old?: KubeObject): string[] =>
  old || spec?.ingressClassName !== undefined || ownValue(metadata.annotations, CLASS) === undefined
    ? []
    : [`annotation "${CLASS}" is deprecated, please use 'spec.ingressClassName' instead`];
