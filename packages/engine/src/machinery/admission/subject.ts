import type { Attributes, Operation } from '../machine.ts';

/** How a refusal names the object: while its name is only to be generated, by what it begins with. Models extractResourceName in k8s.io/apiserver/pkg/admission/errors.go. */
export const aboutOf = ({ name, object }: Attributes): string => name || object?.metadata.name || object?.metadata.generateName || 'Unknown';

/** Whether a request writes an object of a resource itself (no subresource), in one of the given ways. */
export const isWriteOf = ({ kind, operation, subresource }: Attributes, group: string, plural: string, ...operations: Operation[]): boolean =>
  kind.plural === plural && kind.group === group && subresource === '' && operations.includes(operation);
