import { type Definition, definition, hasDefinition } from '@vivakube/schema';
import type { KubeObject } from '../../core/object.ts';
import { listKindOf } from '../kind.ts';
import type { Registry } from '../registry.ts';
import { type ApiAnswer, JSON_TYPE } from '../request.ts';
import { notAcceptable } from '../status.ts';
import { sealEnvelope } from './write.ts';

const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';
const COMMON: Readonly<Record<string, string>> = { Status: 'meta.v1.Status', Scale: 'autoscaling.v1.Scale' };

/** What a JSON answer is called in the schema; undefined for custom resources, tables and the like. */
function definitionOf({ apiVersion, kind }: KubeObject, registry: Registry): Definition | undefined {
  const common = COMMON[kind];
  const known = registry.forKind(apiVersion, kind);
  const listed = known ? undefined : registry.kinds.find((each) => listKindOf(each) === kind && registry.forKind(apiVersion, each.kind) === each);
  const name = known ? (known.definition ?? known.schema) : listed ? (listed.definition ?? `${listed.schema}List`) : common;
  return typeof name === 'string' && hasDefinition(name) ? definition(name) : undefined;
}

/** The same answer for a caller that takes nothing but protobuf. */
export function asProtobuf(answer: ApiAnswer, registry: Registry): ApiAnswer {
  const { headers, body } = answer;
  const isJson = headers.some(([name, value]) => name === 'content-type' && value === JSON_TYPE);
  if (!isJson || body instanceof Uint8Array) return answer;
  const object = JSON.parse(typeof body === 'string' ? body : body.join('')) as KubeObject;
  const type = definitionOf(object, registry);
  const bytes = type && sealEnvelope(object.apiVersion, object.kind, object, type);
  if (!bytes) throw notAcceptable([JSON_TYPE, 'application/yaml']);
  return { ...answer, headers: headers.map(([name, value]) => [name, name === 'content-type' ? PROTOBUF_TYPE : value] as const), body: bytes };
}
