import { type ObjectKey, objectKey, type ResourceName, splitKey } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { Txn } from '../core/txn.ts';
import type { Api, Controller, DeleteOptions, RecordOptions } from './controller.ts';
import { actingUser, controllerUser } from './identity/component.ts';
import { type KindDefinition, resourceOf } from './kind.ts';
import type { Machine, WriteContext } from './machine.ts';
import { record } from './recorder.ts';
import { ApiError } from './status.ts';
import { createObject } from './write/create.ts';
import { removeObject } from './write/remove.ts';
import { updateObject } from './write/update.ts';

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
      user: controllerUser(controller),
      manager: controller.manager,
      dryRun: false,
      weighs: false,
      warnings: [],
    };
  }

  actAs(actor: string): void {
    this.context.user = actingUser(this.controller, actor);
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

  record(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, options: RecordOptions = {}): void {
    record(this.txn, { component: this.controller.component, ...options, about, type, reason, message, manager: this.controller.manager });
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

const keyOf = (kind: KindDefinition, object: KubeObject): ObjectKey =>
  objectKey(resourceOf(kind), object.metadata.namespace, object.metadata.name as string);
