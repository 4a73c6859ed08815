import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

/** The first three; rules without a host count among the rest. Models formatHosts. */
function hosts({ spec }: KubeObject): string {
  const rules: Part[] = spec?.rules ?? [];
  const shown: string[] = [];
  let more = false;
  for (const rule of rules) {
    if (shown.length === 3) more = true;
    else if (rule.host) shown.push(rule.host);
  }
  if (shown.length === 0) return '*';
  return more ? `${shown.join(',')} + ${rules.length - 3} more...` : shown.join(',');
}

const address = ({ status }: KubeObject): string =>
  [...new Set((status?.loadBalancer?.ingress ?? []).map((point: Part) => point.ip || point.hostname).filter(Boolean))].sort().join(',');

// Models printIngress in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text(
    'Class',
    'The name of the IngressClass resource that should be used for additional configuration',
    ({ spec }) => spec?.ingressClassName ?? '<none>',
  ),
  text('Hosts', 'Hosts that incoming requests are matched against before the ingress rule', hosts),
  text('Address', 'Address is a list containing ingress points for the load-balancer', address),
  text('Ports', 'Ports of TLS configurations that open', ({ spec }) => ((spec?.tls?.length ?? 0) > 0 ? '80, 443' : '80')),
  ageColumn,
];
