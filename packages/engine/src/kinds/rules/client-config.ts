import { type FieldError, invalid, required } from '../../machinery/field.ts';
import type { Part } from '../shared/fields.ts';
import { isPortNumber } from '../shared/formats.ts';
import { isDns1123Subdomain } from '../shared/names.ts';

// Models k8s.io/apiserver/pkg/util/webhook/validation.go.

function validatePath(path: string, at: string): FieldError[] {
  if (path === '' || path === '/') return [];
  const errors = path.startsWith('/') ? [] : [invalid(at, path, "must start with a '/'")];
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  return [
    ...errors,
    ...segments.flatMap((segment, i) => {
      if (segment === '') return [invalid(at, path, `segment[${i}] may not be empty`)];
      return isDns1123Subdomain(segment).map((message) => invalid(at, path, `segment[${i}]: ${message}`));
    }),
  ];
}

function validateService(service: Part, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!service.name) errors.push(required(`${at}.name`, 'service name is required'));
  if (!service.namespace) errors.push(required(`${at}.namespace`, 'service namespace is required'));
  const problems = isPortNumber(service.port ?? 0);
  if (problems.length > 0) errors.push(invalid(`${at}.port`, service.port ?? 0, `port is not valid: ${problems.join(',')}`));
  return service.path === undefined ? errors : [...errors, ...validatePath(service.path, `${at}.path`)];
}

function validateUrl(text: string, at: string): FieldError[] {
  const form = 'desired format: https://host[/path]';
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(text);
  if (!parts) return [required(at, `url must be a valid URL: ${form}`)];
  const [, scheme, host = '', , query, fragment] = parts;
  const errors: FieldError[] = [];
  if (scheme !== 'https') errors.push(invalid(at, scheme, `'https' is the only allowed URL scheme; ${form}`));
  if (host === '') errors.push(invalid(at, host, `host must be specified; ${form}`));
  if (host.includes('@')) errors.push(invalid(at, host.slice(0, host.indexOf('@')), 'user information is not permitted in the URL'));
  if (fragment) errors.push(invalid(at, fragment.slice(1), 'fragments are not permitted in the URL'));
  if (query) errors.push(invalid(at, query.slice(1), 'query parameters are not permitted in the URL'));
  return errors;
}

export function validateClientConfig({ url, service }: Part, at: string): FieldError[] {
  if ((url === undefined) === (service === undefined)) return [required(at, 'exactly one of url or service is required')];
  return url === undefined ? validateService(service, `${at}.service`) : validateUrl(url, `${at}.url`);
}
