import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';
import { cidrWarnings } from '../../shared/ip-warnings.ts';

/** Models networkPolicyWarnings in pkg/registry/networking/networkpolicy/strategy.go. */
export const warnings = ({ spec }: KubeObject): string[] => [
  ...((spec?.ingress ?? []) as Part[]).flatMap(({ from }, i) => peerWarnings(from, `spec.ingress[${i}].from`)),
  ...((spec?.egress ?? []) as Part[]).flatMap(({ to }, i) => peerWarnings(to, `spec.egress[${i}].to`)),
];

const peerWarnings = (peers: Part[] | undefined, path: string): string[] =>
  (peers ?? []).flatMap(({ ipBlock }, i) => {
    const at = `${path}[${i}].ipBlock`;
    const except: string[] = ipBlock?.except ?? [];
    return ipBlock ? [...cidrWarnings(ipBlock.cidr, `${at}.cidr`), ...except.flatMap((cidr, n) => cidrWarnings(cidr, `${at}.except[${n}]`))] : [];
  });
