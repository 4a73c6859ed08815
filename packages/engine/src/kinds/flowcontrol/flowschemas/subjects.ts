import { type FieldError, notSupported, required } from '../../../machinery/field.ts';
import { type Part, validateDnsLabel, validateDnsSubdomain } from '../../shared/fields.ts';

function validateAccount(account: Part, path: string): FieldError[] {
  if (!account) return [required(path, "serviceAccount is required when subject kind is 'ServiceAccount'")];
  const { name = '', namespace = '' } = account;
  const errors = name === '' ? [required(`${path}.name`)] : name === '*' ? [] : validateDnsSubdomain(name, `${path}.name`);
  if (namespace === '') return [...errors, required(`${path}.namespace`, 'must specify namespace for service account')];
  return [...errors, ...validateDnsLabel(namespace, `${path}.namespace`)];
}

function validateNamed(named: Part, field: 'user' | 'group', kind: string, path: string): FieldError[] {
  if (!named) return [required(path, `${field} is required when subject kind is '${kind}'`)];
  return named.name ? [] : [required(`${path}.name`)];
}

/** Models ValidateFlowSchemaSubject in pkg/apis/flowcontrol/validation/validation.go. */
export function validateSubject(subject: Part, path: string): FieldError[] {
  switch (subject.kind) {
    case 'ServiceAccount':
      return validateAccount(subject.serviceAccount, `${path}.serviceAccount`);
    case 'User':
      return validateNamed(subject.user, 'user', 'User', `${path}.user`);
    case 'Group':
      return validateNamed(subject.group, 'group', 'Group', `${path}.group`);
    default:
      return [notSupported(`${path}.kind`, subject.kind ?? '', ['Group', 'ServiceAccount', 'User'])];
  }
}
