import type { KubeObject } from '../../core/object.ts';

/** Index `orphan`: objects that no controller holds, by namespace, so that whoever could adopt them need not look at all. */
export const orphan = ({ metadata }: KubeObject): readonly string[] =>
  metadata.ownerReferences?.some((ref) => ref.controller === true) ? [] : [metadata.namespace ?? ''];
