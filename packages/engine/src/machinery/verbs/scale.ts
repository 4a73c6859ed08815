import { definition } from '@vivakube/schema';
import { toRfc3339 } from '../../core/instant.ts';
import { setOwn } from '../../core/json.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { decodeBody } from '../decode/index.ts';
import { invalid, invalidObject } from '../field.ts';
import { type KindDefinition, resourceOf, type ScaleMapping } from '../kind.ts';
import { applyPatch } from '../patch/index.ts';
import { type ApiAnswer, jsonAnswer, warningHeader } from '../request.ts';
import { type LabelSelectorObject, labelSelectorText } from '../selector/index.ts';
import { conflict, MODIFIED_MESSAGE, methodNotAllowed } from '../status.ts';
import { updateObject } from '../write/update.ts';
import { type Call, checkName, isDryRun, writeContext, writing } from './context.ts';
import { storedOf } from './get.ts';
import { fieldValidation } from './validation.ts';

const EXPECT = { definition: definition('autoscaling.v1.Scale'), apiVersion: 'autoscaling/v1', kind: 'Scale' };

/** GET, PUT and PATCH of `scale`: the object's replicas in a shape that every scalable kind shares. */
export function scale(call: Call, verb: string): ApiAnswer {
  const mapping = call.kind.subresources?.scale as ScaleMapping;
  const object = storedOf(call).object;
  if (verb === 'get') return answer(call, scaleOf(object, mapping));
  if (verb === 'update') return write(call, mapping, decodeBody(call.request.body, call.request.contentType, EXPECT, fieldValidation(call)).object);
  if (verb === 'patch') return write(call, mapping, patched(call, scaleOf(object, mapping)));
  throw methodNotAllowed();
}

function patched(call: Call, current: KubeObject): KubeObject {
  const contentType = (call.request.contentType ?? '').split(';')[0]?.trim() ?? '';
  const body = new TextDecoder().decode(call.request.body);
  const changed =
    contentType === 'application/apply-patch+yaml'
      ? merged(current, decodeBody(call.request.body, 'application/yaml', EXPECT, fieldValidation(call)).object)
      : applyPatch({ contentType, body, current, definition: EXPECT.definition, custom: false });
  return decodeBody(new TextEncoder().encode(JSON.stringify(changed)), 'application/json', EXPECT, fieldValidation(call)).object;
}

const merged = (current: KubeObject, applied: KubeObject): KubeObject => ({ ...current, spec: { ...current.spec, ...applied.spec } });

function write(call: Call, mapping: ScaleMapping, wanted: KubeObject): ApiAnswer {
  const { kind, path } = call;
  checkName(wanted, path);
  const object = storedOf(call).object;
  const { resourceVersion } = wanted.metadata ?? {};
  if (resourceVersion && resourceVersion !== object.metadata.resourceVersion) throw conflict(kind.group, kind.plural, path.name, MODIFIED_MESSAGE);
  const replicas = (wanted.spec?.replicas ?? 0) as number;
  if (replicas < 0) {
    throw invalidObject('autoscaling', 'Scale', path.name, [invalid('spec.replicas', replicas, 'must be greater than or equal to 0')]);
  }
  const next = withPath(object, mapping.specReplicasPath.split('.'), replicas) as KubeObject;
  const dryRun = isDryRun(call);
  const key = objectKey(resourceOf(kind), object.metadata.namespace, path.name);
  return writing(call, dryRun, () =>
    answer(call, scaleOf(updateObject(writeContext(call, dryRun), kind, key, next, { subresource: 'scale' }), mapping)),
  );
}

const answer = (call: Call, scaled: KubeObject): ApiAnswer => jsonAnswer(200, scaled, call.warnings.map(warningHeader));

function scaleOf(object: KubeObject, mapping: ScaleMapping): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = atPath(object, mapping.selectorPath.split('.'));
  const text = typeof selector === 'string' ? selector : selector ? labelSelectorText(asSelector(selector)) : '';
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp: creationTimestamp ?? toRfc3339(0) } as KubeObject['metadata'],
    spec: specOf(atPath(object, mapping.specReplicasPath.split('.'))),
    status: { replicas: (atPath(object, mapping.statusReplicasPath.split('.')) as number | undefined) ?? 0, ...(text ? { selector: text } : {}) },
  };
}

/** A ReplicationController selects by a plain map of labels. */
const asSelector = (selector: object): LabelSelectorObject =>
  'matchLabels' in selector || 'matchExpressions' in selector
    ? (selector as LabelSelectorObject)
    : { matchLabels: selector as Record<string, string> };

const specOf = (replicas: unknown): { replicas?: number } => (replicas ? { replicas: replicas as number } : {});

function atPath(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const part of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

function withPath(value: unknown, [head, ...rest]: readonly string[], to: unknown): unknown {
  if (head === undefined) return to;
  const copy: Record<string, unknown> = { ...((value ?? {}) as Record<string, unknown>) };
  setOwn(copy, head, withPath(copy[head], rest, to));
  return copy;
}

export const hasScale = (kind: KindDefinition): boolean => kind.subresources?.scale !== undefined;
