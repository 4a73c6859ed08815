import { whole } from './text.ts';

/**
 * Where an object lives: `<group|core>/<plural>/<namespace>/<name>`, with an empty namespace for cluster-scoped objects.
 * Keys sort as etcd's do (`/` sorts after `-` and `.`), so a resource or a namespace is one contiguous range.
 */
export type ObjectKey = string;
/** `<group|core>/<plural>`, for example `apps/deployments` or `core/pods`. */
export type ResourceName = string;

export const resourceName = (group: string, plural: string): ResourceName => `${group === '' ? 'core' : group}/${plural}`;

export const objectKey = (resource: ResourceName, namespace: string | undefined, name: string): ObjectKey =>
  whole(`${resource}/${namespace ?? ''}/${name}`);

export interface KeyParts {
  resource: ResourceName;
  namespace: string;
  name: string;
}

export function splitKey(key: ObjectKey): KeyParts {
  const group = key.indexOf('/');
  const plural = key.indexOf('/', group + 1);
  const namespace = key.indexOf('/', plural + 1);
  return { resource: key.slice(0, plural), namespace: key.slice(plural + 1, namespace), name: key.slice(namespace + 1) };
}

/** The prefix that all keys of a resource (in one namespace, if given) share. */
export const keyPrefix = (resource: ResourceName, namespace?: string): string =>
  namespace === undefined || namespace === '' ? `${resource}/` : `${resource}/${namespace}/`;
