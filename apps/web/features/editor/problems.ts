import type { KubeStatus } from '#kube/types.ts';
import type { Manifest, Problem } from './documents.ts';
import { lineOfField } from './locate.ts';

/** Puts what the server refused onto the lines it is about. */
export function problemsOf(status: KubeStatus, manifest: Manifest): Problem[] {
  const at = (field: string, message: string): Problem => ({
    line: lineOfField(manifest, field),
    message,
    field,
    severity: 'error',
    document: manifest.index,
  });
  const causes = (status.details?.causes ?? []).filter((cause) => cause.field);
  if (causes.length > 0) return causes.map((cause) => at(cause.field ?? '', `${cause.field}: ${cause.message ?? status.message}`));
  const named = [...unknownFields(status.message), ...schemaErrors(status.message)];
  if (named.length > 0) return named.map(({ field, message }) => at(field, message));
  return [{ line: manifest.line, message: status.message, severity: 'error', document: manifest.index }];
}

export function warningProblem(warning: string, manifest: Manifest): Problem {
  const [named] = unknownFields(warning);
  return {
    line: named ? lineOfField(manifest, named.field) : manifest.line,
    message: warning,
    field: named?.field,
    severity: 'warning',
    document: manifest.index,
  };
}

/** `strict decoding error: unknown field "spec.foo", duplicate field "data.a"` */
function unknownFields(message: string): { field: string; message: string }[] {
  return [...message.matchAll(/(unknown|duplicate) field "([^"]+)"|"([^"]+)": (field not declared in schema)/g)].map((match) => {
    const field = match[2] ?? match[3] ?? '';
    return { field, message: match[0] };
  });
}

/** `.spec.foo: field not declared in schema`, as a typed patch object is refused. */
function schemaErrors(message: string): { field: string; message: string }[] {
  return [...message.matchAll(/(?:^|\s)(\.[\w.[\]"=,:/-]+?): ([^\n]+?)(?=\n|$)/g)].map((match) => ({
    field: match[1] ?? '',
    message: `${match[1]}: ${match[2]}`,
  }));
}
