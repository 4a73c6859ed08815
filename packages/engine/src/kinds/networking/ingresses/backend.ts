import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { validateTypedReference } from '../../rules/references.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { isPortName, isPortNumber } from '../../shared/formats.ts';
import { isDns1123Label } from '../../shared/names.ts';

function validateServicePort(port: Part, path: string): FieldError[] {
  const name = port?.name ?? '';
  const number = port?.number ?? 0;
  if (name !== '' && number !== 0) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name !== '') return eachInvalid(`${path}.service.port.name`, name, isPortName(name));
  if (number !== 0) return eachInvalid(`${path}.service.port.number`, number, isPortNumber(number));
  return [required(path, 'port name or number is required')];
}

function validateService(service: Part, path: string): FieldError[] {
  const at = `${path}.service.name`;
  const name = service.name ? eachInvalid(at, service.name, isDns1123Label(service.name)) : [required(at)];
  return [...name, ...validateServicePort(service.port, path)];
}

/** Models validateIngressBackend in pkg/apis/networking/validation/validation.go. */
export function validateBackend(backend: Part, path: string): FieldError[] {
  const { resource, service } = backend ?? {};
  if (resource && service) return [invalid(path, '', 'cannot set both resource and service backends')];
  if (resource) return validateTypedReference(resource, `${path}.resource`);
  return service ? validateService(service, path) : [invalid(path, '', 'resource or service backend is required')];
}
