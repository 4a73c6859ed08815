import type { Library } from '../overload.ts';

/** Models k8s.io/apiserver/pkg/cel/library/jsonpatch.go. */
export const JSON_PATCH: Library = {
  'jsonpatch.escapeKey(string): string': ([key]: readonly [string]) => key.replaceAll('~', '~0').replaceAll('/', '~1'),
};
