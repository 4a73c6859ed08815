import { definition } from '@vivakube/schema';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { Stored } from '../../core/stored.ts';
import type { DeleteOptions } from '../controller.ts';
import { decodeBody } from '../decode/index.ts';
import { type FieldError, invalid, notSupported } from '../field.ts';
import { resourceOf } from '../kind.ts';
import { listTexts } from '../render.ts';
import { type ApiAnswer, JSON_TYPE, jsonAnswer, warningHeader } from '../request.ts';
import { type Removal, removeObject } from '../write/remove.ts';
import { type Call, objectAnswer, rendering, writeContext, writing } from './context.ts';
import { storedOf } from './get.ts';
import { page } from './list.ts';
import { invalidOptionsOf } from './options.ts';

/** DELETE of one object. The answer is the object while it lingers, and a Status once it is gone. */
export function remove(call: Call): ApiAnswer {
  const { kind, path } = call;
  const options = optionsOf(call);
  storedOf(call);
  warnOfOrphans(call, options);
  const { dryRun } = options;
  const key = objectKey(resourceOf(kind), kind.scope === 'Namespaced' ? path.namespace : '', path.name);
  return writing(call, dryRun, () => answer(call, removeObject(writeContext(call, dryRun), kind, key, options)));
}

/** Where dependents stay behind although nobody said so. */
function warnOfOrphans({ kind, warnings }: Call, { propagationPolicy }: DeleteOptions): void {
  if (kind.orphanWarning !== undefined && propagationPolicy === undefined) warnings.push(kind.orphanWarning);
}

function answer(call: Call, { object, gone }: Removal): ApiAnswer {
  const { kind } = call;
  if (!gone || kind.returnsDeleted) return objectAnswer(call, 200, object);
  const details = { name: object.metadata.name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural, uid: object.metadata.uid };
  return jsonAnswer(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }, call.warnings.map(warningHeader));
}

/** DELETE of a collection: every object that the selectors choose, answered with the list of them. */
export function removeCollection(call: Call): ApiAnswer {
  const { kind } = call;
  const options = optionsOf(call);
  warnOfOrphans(call, options);
  const { items, meta } = page(call);
  const { dryRun } = options;
  return writing(call, dryRun, () => {
    const removed = items.map(({ object }) => {
      const key = objectKey(resourceOf(kind), object.metadata.namespace, object.metadata.name as string);
      const result = removeObject(writeContext(call, dryRun), kind, key, options).object;
      return call.txn.stored(key) ?? Stored.ofObject(result, 0);
    });
    return {
      type: 'answer',
      status: 200,
      headers: [['content-type', JSON_TYPE], ...call.warnings.map(warningHeader)],
      body: listTexts(rendering(call), removed, meta),
    };
  });
}

interface AskedOptions extends DeleteOptions {
  dryRun: boolean;
}

interface OptionsBody extends KubeObject {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  orphanDependents?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

const POLICIES: readonly string[] = ['Foreground', 'Background', 'Orphan'];

/** Options come in the body, or as query parameters where there is none. Models endpoints/handlers/delete.go. */
function optionsOf(call: Call): AskedOptions {
  const { request } = call;
  const asked = request.body.length > 0 ? (decodeOptions(request) as Partial<OptionsBody>) : optionsInQuery(request);
  checkOptions(call, asked);
  const { gracePeriodSeconds, orphanDependents: orphan, preconditions, dryRun = [] } = asked;
  const policy = asked.propagationPolicy ?? (orphan === undefined ? undefined : orphan ? 'Orphan' : 'Background');
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(policy === undefined ? {} : { propagationPolicy: policy as 'Background' }),
    ...(preconditions?.uid === undefined ? {} : { uid: preconditions.uid }),
    ...(preconditions?.resourceVersion === undefined ? {} : { resourceVersion: preconditions.resourceVersion }),
    dryRun: dryRun.length > 0,
  };
}

function optionsInQuery({ query }: Call['request']): Partial<OptionsBody> {
  const gracePeriodSeconds = query.integer('gracePeriodSeconds');
  const propagationPolicy = query.get('propagationPolicy');
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    ...(query.get('orphanDependents') === undefined ? {} : { orphanDependents: query.flag('orphanDependents') }),
    dryRun: query.all('dryRun').filter((stage) => stage !== ''),
  };
}

const decodeOptions = (request: Call['request']): KubeObject =>
  decodeBody(
    request.body,
    request.contentType,
    { definition: definition('meta.v1.DeleteOptions'), apiVersion: 'v1', kind: 'DeleteOptions' },
    'Ignore',
  ).object;

// Models ValidateDeleteOptions in k8s.io/apimachinery/pkg/apis/meta/v1/validation.
function checkOptions(call: Pick<Call, 'request'>, { propagationPolicy: policy, orphanDependents, dryRun = [] }: Partial<OptionsBody>): void {
  const errors: FieldError[] = [];
  if (policy !== undefined && orphanDependents !== undefined) {
    errors.push(invalid('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set'));
  }
  if (policy !== undefined && !POLICIES.includes(policy)) errors.push(notSupported('propagationPolicy', policy, [...POLICIES, 'nil']));
  if (dryRun.some((stage) => stage !== 'All')) errors.push(notSupported('dryRun', dryRun, ['All']));
  if (errors.length > 0) throw invalidOptionsOf(call, errors);
}
