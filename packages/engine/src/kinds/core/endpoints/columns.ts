import type { KubeObject } from '../../../core/object.ts';
import { firstThree } from '../../cells/lists.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

const withPort = (ip: string, port: number): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`);

/** Models formatEndpoints in pkg/printers/internalversion/printers.go: headless services may have no ports. */
function addresses({ subsets = [] }: KubeObject): string {
  const all = subsets.flatMap((subset: Part) => {
    const ips: string[] = (subset.addresses ?? []).map((address: Part) => address.ip);
    const ports: Part[] = subset.ports ?? [];
    return ports.length === 0 ? ips : ports.flatMap((port) => ips.map((ip) => withPort(ip, port.port)));
  });
  return firstThree(all, subsets.length === 0 ? '<none>' : '');
}

export const columns = [
  nameColumn,
  text(
    'Endpoints',
    'The set of all endpoints is the union of all subsets. Addresses are placed into subsets according to the IPs they share. A single address with multiple ports, some of which are ready and some of which are not (because they come from different containers) will result in the address being displayed in different subsets for the different ports. No address will appear in both Addresses and NotReadyAddresses in the same subset. Sets of addresses and ports that comprise a service.',
    addresses,
  ),
  ageColumn,
];
