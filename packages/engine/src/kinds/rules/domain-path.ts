import { type FieldError, invalid, required } from '../../machinery/field.ts';
import { validateDnsSubdomain } from '../shared/fields.ts';

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const HTTP_PATH_RULE = new RegExp(`^${HTTP_PATH}$`);

/** `example.com/path`. Models IsDomainPrefixedPath in k8s.io/apimachinery/pkg/util/validation. */
export function validateDomainPrefixedPath(value: string, path: string): FieldError[] {
  if (value === '') return [required(path)];
  const slash = value.indexOf('/');
  if (slash <= 0 || slash === value.length - 1) return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const errors = validateDnsSubdomain(value.slice(0, slash), path);
  const rest = value.slice(slash + 1);
  if (!HTTP_PATH_RULE.test(rest)) errors.push(invalid(path, rest, `Invalid path (regex used for validation is '${HTTP_PATH}')`));
  return errors;
}
