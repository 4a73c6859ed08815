import type { KubeObject } from '../../../core/object.ts';
import { cidrWarnings } from '../../shared/ip-warnings.ts';
import { faultWarnings } from '../../shared/node-fault.ts';

/** Models fieldIsDeprecatedWarnings in pkg/registry/core/node/strategy.go. */
export const warnings = (node: KubeObject, old?: KubeObject): string[] => [
  ...(node.spec?.configSource ? ['spec.configSource: the feature is removed'] : []),
  ...(node.spec?.externalID ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes'] : []),
  ...((node.spec?.podCIDRs ?? []) as string[]).flatMap((cidr, i) => cidrWarnings(cidr, `spec.podCIDRs[${i}]`)),
  ...faultWarnings(node, old),
];
