import { type FieldError, invalid } from '../../machinery/field.ts';
import { parseIp } from '../shared/ip.ts';

type Address = { family: 4 | 6; parts: number[] };

const isUnspecified = ({ parts }: Address): boolean => parts.every((part) => part === 0);

const isLoopback = ({ family, parts }: Address): boolean =>
  family === 4 ? parts[0] === 127 : parts.slice(0, 7).every((part) => part === 0) && parts[7] === 1;

const isLinkLocal = ({ family, parts }: Address): boolean =>
  family === 4 ? parts[0] === 169 && parts[1] === 254 : ((parts[0] as number) & 0xffc0) === 0xfe80;

const isLinkLocalMulticast = ({ family, parts }: Address): boolean =>
  family === 4 ? parts[0] === 224 && parts[1] === 0 && parts[2] === 0 : ((parts[0] as number) & 0xff0f) === 0xff02;

/** An address that packets can be sent to. Models ValidateEndpointIP in pkg/apis/core/validation/validation.go. */
export function validateEndpointIp(text: string, path: string): FieldError[] {
  const address = parseIp(text);
  if (!address) return [invalid(path, text, 'must be a valid IP address')];
  const errors: FieldError[] = [];
  if (isUnspecified(address)) errors.push(invalid(path, text, `may not be unspecified (${text})`));
  if (isLoopback(address)) errors.push(invalid(path, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  if (isLinkLocal(address)) errors.push(invalid(path, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  if (isLinkLocalMulticast(address)) {
    errors.push(invalid(path, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
  return errors;
}
