import type { Attributes, Operation } from '../machine.ts';

/** Whether a request writes an object of a resource itself (no subresource), in one of the given ways. */
export const isWriteOf = ({ kind, operation, subresource }: Attributes, group: string, plural: string, ...operations: Operation[]): boolean =>
  kind.plural === plural && kind.group === group && subresource === '' && operations.includes(operation);
