import type { KubeObject } from '../../../core/object.ts';
import { ownValue } from '../../shared/fields.ts';

const ENFORCE = 'kubernetes.io/enforce-mountable-secrets';
const isSet = ({ metadata }: KubeObject): boolean => ownValue(metadata.annotations, ENFORCE) !== undefined;

/** Models warnIfHasEnforceMountableSecretsAnnotation in pkg/registry/core/serviceaccount/strategy.go. */
export const warnings = (account: KubeObject, old?: KubeObject): string[] =>
  isSet(account) && !(old && isSet(old))
    ? [`metadata.annotations[${ENFORCE}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`]
    : [];
