import { notAcceptable } from './status.ts';

/** The form in which a caller wants objects. */
export type Form = 'object' | 'table' | 'partial';

export interface Accepted {
  form: Form;
  yaml: boolean;
}

const SUPPORTED = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** Picks the first clause that can be served. Protobuf is never sent: every client that prefers it also takes JSON. */
export function negotiate(accept: string): Accepted {
  if (accept.trim() === '') return { form: 'object', yaml: false };
  let onlyProtobuf = false;
  for (const clause of accept.split(',')) {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    const named = new Map(parameters.map((p) => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1)] as const));
    if (type === 'application/vnd.kubernetes.protobuf') onlyProtobuf = true;
    const yaml = type === 'application/yaml';
    if (!yaml && type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
    const as = named.get('as');
    if (as === undefined) return { form: 'object', yaml };
    if (named.get('g') !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(named.get('v') ?? '')) continue;
    if (as === 'Table') return { form: 'table', yaml };
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return { form: 'partial', yaml };
  }
  // A client that asks for protobuf alone is told what there is by the JSON answer: refusing would break typed Go clients for nothing.
  if (onlyProtobuf) return { form: 'object', yaml: false };
  throw notAcceptable(SUPPORTED);
}
