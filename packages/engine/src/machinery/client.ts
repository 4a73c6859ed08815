import { hash32 } from '../core/chance.ts';
import { toRfc3339 } from '../core/instant.ts';
import { objectKey, type ObjectKey, type ResourceName, splitKey } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { Api, Controller, DeleteOptions, RecordOptions } from './controller.ts';
import { apiVersionOf, type KindDefinition, resourceOf } from './kind.ts';
import type { Machine, WriteContext } from './machine.ts';
import type { Txn } from '../core/txn.ts';
import { createObject } from './write/create.ts';
import { removeObject } from './write/remove.ts';
import { updateObject } from './write/update.ts';
import { ApiError } from './status.ts';

/** How a controller writes and records events within one reconcile. */
export class ControllerClient implements Api {
  private readonly context: WriteContext;

  constructor(
    private readonly machine: Machine,
    private readonly txn: Txn,
    private readonly controller: Controller,
  ) {
    this.context = {
      machine,
      txn,
      user: { username: `system:controller:${controller.component}`, groups: ['system:masters', 'system:authenticated'] },
      manager: controller.manager,
      dryRun: false,
      warnings: [],
    };
  }

  create(resource: ResourceName, object: KubeObject): KubeObject {
    return createObject(this.context, this.kindOf(resource), object, { namespace: object.metadata.namespace ?? '' });
  }

  update(object: KubeObject, subresource = ''): KubeObject {
    const kind = this.kindFor(object);
    return updateObject(this.context, kind, keyOf(kind, object), object, { subresource });
  }

  updateStatus(object: KubeObject): KubeObject {
    return this.update(object, 'status');
  }

  delete(key: ObjectKey, options: DeleteOptions = {}): void {
    if (this.txn.stored(key)) removeObject(this.context, this.kindOf(splitKey(key).resource), key, options);
  }

  setRuntime(key: string, value: unknown): void {
    this.txn.setRuntime(key, value);
  }

  /** Models client-go tools/record: one object per (source, object, type, reason, message), counted up when it happens again. */
  record(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, options: RecordOptions = {}): void {
    const component = options.component ?? this.controller.component;
    const namespace = about.metadata.namespace ?? 'default';
    const identity = [about.metadata.uid, type, reason, message, component, options.host ?? '', options.fieldPath ?? ''].join('\u0000');
    const name = `${about.metadata.name}.${hash32(identity, 1).toString(16).padStart(8, '0')}${hash32(identity, 2).toString(16).padStart(8, '0')}`;
    const known = this.txn.get(objectKey('core/events', namespace, name));
    const time = toRfc3339(this.txn.now);
    if (known) {
      this.update({ ...known, count: (known.count ?? 1) + 1, lastTimestamp: time });
      return;
    }
    const namespaceObject = this.txn.get(objectKey('core/namespaces', '', namespace));
    if (!namespaceObject || namespaceObject.metadata.deletionTimestamp) return;
    const kind = this.machine.kinds(this.txn).forKind(about.apiVersion, about.kind);
    createObject(this.context, this.kindOf('core/events'), {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name, namespace },
      involvedObject: {
        kind: about.kind,
        ...(about.metadata.namespace ? { namespace: about.metadata.namespace } : {}),
        name: about.metadata.name,
        uid: about.metadata.uid,
        apiVersion: kind ? apiVersionOf(kind) : about.apiVersion,
        resourceVersion: about.metadata.resourceVersion,
        ...(options.fieldPath ? { fieldPath: options.fieldPath } : {}),
      },
      reason,
      message,
      source: { component, ...(options.host ? { host: options.host } : {}) },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: options.host ?? '',
    }, { namespace });
  }

  private kindOf(resource: ResourceName): KindDefinition {
    const kind = this.machine.kinds(this.txn).forResource(resource);
    if (!kind) throw new Error(`no kind is registered for ${resource}`);
    return kind;
  }

  private kindFor(object: KubeObject): KindDefinition {
    const kind = this.machine.kinds(this.txn).forKind(object.apiVersion, object.kind);
    if (!kind) throw new ApiError(404, 'NotFound', `no matches for kind "${object.kind}" in version "${object.apiVersion}"`);
    return kind;
  }
}

const keyOf = (kind: KindDefinition, object: KubeObject): ObjectKey => objectKey(resourceOf(kind), object.metadata.namespace, object.metadata.name as string);
