import { parseRfc3339 } from '../../../core/instant.ts';
import { ipFamily, parseCidr } from '../../shared/ip.ts';

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

/** Formats that are checked; others say nothing. Models pkg/apiserver/validation/formats.go of k8s.io/apiextensions-apiserver. */
const FORMATS: Record<string, (text: string) => boolean> = {
  'date-time': (text) => parseRfc3339(text) !== undefined,
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parseRfc3339(`${text}T00:00:00Z`) !== undefined,
  ipv4: (text) => ipFamily(text) === 4,
  ipv6: (text) => ipFamily(text) === 6,
  cidr: (text) => parseCidr(text) !== undefined,
  uuid: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  email: matches(/^[^\s@<>]+@[^\s@<>]+$/),
  hostname: matches(/^[a-z0-9]([-a-z0-9]{0,62}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,62}[a-z0-9])?)*$/i),
  uri: matches(/^[a-z][a-z0-9+.-]*:\S+$/i),
  mac: matches(/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i),
  byte: matches(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  duration: matches(/^-?((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h|d|w))+$/),
};

export const hasFormat = (format: string, text: string): boolean =>
  !Object.hasOwn(FORMATS, format) || (FORMATS[format] as (text: string) => boolean)(text);
