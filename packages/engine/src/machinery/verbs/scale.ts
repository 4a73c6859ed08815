import { definition } from '@vivakube/schema';
import type { KubeObject } from '../../core/object.ts';
import { Stored } from '../../core/stored.ts';
import { decodeBody } from '../decode/index.ts';
import { invalid, invalidObject } from '../field.ts';
import { apiVersionOf, type KindDefinition, type ScaleMapping } from '../kind.ts';
import { applyPatch } from '../patch/index.ts';
import { objectText } from '../render.ts';
import { type ApiAnswer, JSON_TYPE, warningHeader } from '../request.ts';
import { conflict, MODIFIED_MESSAGE, methodNotAllowed } from '../status.ts';
import { updateObject } from '../write/update.ts';
import { keyOfCall } from './body.ts';
import { type Call, checkName, isDryRun, rendering, writeContext, writing } from './context.ts';
import { storedOf } from './get.ts';
import { checkManager } from './manager.ts';
import { mergeConfiguration } from './patch.ts';
import { SCALE_COLUMNS, scaleOf, withPath } from './scale-object.ts';
import { fieldValidation } from './validation.ts';

const EXPECT = { definition: definition('autoscaling.v1.Scale'), apiVersion: 'autoscaling/v1', kind: 'Scale' };

/** GET, PUT and PATCH of `scale`: the object's replicas in a shape that every scalable kind shares. */
export function scale(call: Call, verb: string): ApiAnswer {
  const mapping = call.kind.subresources?.scale as ScaleMapping;
  const object = storedOf(call).object;
  if (verb === 'get') return answer(call, scaleOf(object, mapping));
  if (verb !== 'update' && verb !== 'patch') throw methodNotAllowed();
  const contentType = (call.request.contentType ?? '').split(';')[0]?.trim() ?? '';
  if (verb === 'patch' && contentType === 'application/apply-patch+yaml') return apply(call, mapping, object);
  checkManager(call, false);
  const wanted = verb === 'update' ? sent(call, call.request.contentType) : patched(call, contentType, scaleOf(object, mapping));
  return write(call, mapping, object, wanted);
}

const sent = (call: Call, contentType: string | undefined, body = call.request.body): KubeObject =>
  decodeBody(body, contentType, EXPECT, fieldValidation(call)).object;

function patched(call: Call, contentType: string, current: KubeObject): KubeObject {
  const body = new TextDecoder().decode(call.request.body);
  const changed = applyPatch({ contentType, body, current, definition: EXPECT.definition, custom: false });
  return sent(call, 'application/json', new TextEncoder().encode(JSON.stringify(changed)));
}

function replicasOf({ spec }: KubeObject, name: string): number {
  const replicas = (spec?.replicas ?? 0) as number;
  if (replicas >= 0) return replicas;
  throw invalidObject('autoscaling', 'Scale', name, [invalid('spec.replicas', replicas, 'must be greater than or equal to 0')]);
}

function write(call: Call, mapping: ScaleMapping, object: KubeObject, wanted: KubeObject): ApiAnswer {
  const { kind, path } = call;
  checkName(wanted, path);
  const { resourceVersion, uid } = wanted.metadata ?? {};
  if (uid && uid !== object.metadata.uid) {
    throw conflict(
      kind.group,
      kind.plural,
      path.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== object.metadata.resourceVersion) throw conflict(kind.group, kind.plural, path.name, MODIFIED_MESSAGE);
  const next = withPath(object, mapping.specReplicasPath, replicasOf(wanted, path.name)) as KubeObject;
  const dryRun = isDryRun(call);
  return writing(call, dryRun, () =>
    answer(call, scaleOf(updateObject(writeContext(call, dryRun), kind, keyOfCall(call), next, { subresource: 'scale' }), mapping)),
  );
}

/** What is applied to a scale is applied to the object's own field. Models managedfields/scalehandler.go of k8s.io/apimachinery. */
function apply(call: Call, mapping: ScaleMapping, { metadata }: KubeObject): ApiAnswer {
  const { kind, path } = call;
  checkManager(call, true);
  const wanted = sent(call, 'application/yaml');
  checkName(wanted, path);
  const own = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { name: path.name, namespace: metadata.namespace } };
  const replicas = replicasOf(wanted, path.name);
  const applied = (wanted.spec?.replicas === undefined ? own : withPath(own, mapping.specReplicasPath, replicas)) as KubeObject;
  const dryRun = isDryRun(call);
  return writing(call, dryRun, () => answer(call, scaleOf(mergeConfiguration(call, applied, dryRun), mapping)));
}

const SCALE_KIND: KindDefinition = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  plural: 'scales',
  scope: 'Namespaced',
  schema: 'autoscaling.v1.Scale',
  columns: SCALE_COLUMNS,
};

function answer(call: Call, scaled: KubeObject): ApiAnswer {
  const text = objectText({ ...rendering(call), kind: SCALE_KIND }, Stored.ofObject(scaled, 0));
  return { type: 'answer', status: 200, headers: [['content-type', JSON_TYPE], ...call.warnings.map(warningHeader)], body: text };
}
