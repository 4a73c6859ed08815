import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../machinery/field.ts';
import { type Part, validateDnsSubdomain } from '../shared/fields.ts';
import { parseIp, validateIp } from '../shared/ip.ts';

const IP_MODES = ['Proxy', 'VIP'];

function validateIpMode(ip: string, mode: string | undefined, path: string): FieldError[] {
  if (mode === undefined) return ip === '' ? [] : [required(path, 'must be specified when `ip` is set')];
  if (ip === '') return [forbiddenField(path, 'may not be specified when `ip` is not set')];
  return IP_MODES.includes(mode) ? [] : [notSupported(path, mode, IP_MODES)];
}

/** Models ValidateLoadBalancerStatus of services and of ingresses, which have no `ipMode`. */
export const validateLoadBalancerIngress = (ingress: Part[], path: string, { ipModes }: { ipModes: boolean }): FieldError[] =>
  ingress.flatMap((point, i) => {
    const at = `${path}[${i}]`;
    const ip: string = point.ip ?? '';
    const errors = ip === '' ? [] : validateIp(ip, `${at}.ip`);
    if (ipModes) errors.push(...validateIpMode(ip, point.ipMode, `${at}.ipMode`));
    if (!point.hostname) return errors;
    errors.push(...validateDnsSubdomain(point.hostname, `${at}.hostname`));
    if (parseIp(point.hostname)) errors.push(invalid(`${at}.hostname`, point.hostname, 'must be a DNS name, not an IP address'));
    return errors;
  });
