import { ApiError, notAcceptable } from './status.ts';

/** The form in which a caller wants objects. */
export type Form = 'object' | 'table' | 'partial';

export interface Accepted {
  form: Form;
  yaml: boolean;
  /** Nothing else will do. */
  protobuf?: boolean;
}

const SUPPORTED = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** Picks the first clause that can be served; protobuf only where there is no other, since whoever prefers it takes JSON, too. */
export function negotiate(accept: string): Accepted {
  if (accept.trim() === '') return { form: 'object', yaml: false };
  let takesProtobuf = false;
  for (const clause of accept.split(',')) {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    const named = new Map(parameters.map((p) => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1)] as const));
    if (type === 'application/vnd.kubernetes.protobuf' && !named.has('as')) takesProtobuf = true;
    const yaml = type === 'application/yaml';
    if (!yaml && type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
    const as = named.get('as');
    if (as === undefined) return { form: 'object', yaml };
    if (named.get('g') !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(named.get('v') ?? '')) continue;
    if (as === 'Table') return { form: 'table', yaml };
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return { form: 'partial', yaml };
  }
  if (takesProtobuf) return { form: 'object', yaml: false, protobuf: true };
  throw notAcceptable(SUPPORTED);
}

/** Errors are answered in the form that was asked for, unless that is what is wrong. */
export function takesOnlyProtobuf(accept: string): boolean {
  if (!accept.includes('protobuf')) return false;
  try {
    return negotiate(accept).protobuf === true;
  } catch (problem) {
    if (problem instanceof ApiError) return false;
    throw problem;
  }
}
