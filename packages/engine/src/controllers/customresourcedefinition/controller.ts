import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { CLEANUP_FINALIZER } from '../../kinds/apiextensions/customresourcedefinitions/deletion.ts';
import { defineController, type Reconcile, type Watch } from '../../machinery/controller.ts';
import { acceptedStatus } from './names.ts';

const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';
const keyOf = (name: string): string => objectKey(DEFINITIONS, undefined, name);

/** A name that one definition gives up another may have been waiting for. */
const definitions: Watch = {
  resource: DEFINITIONS,
  keys: (event, view) => {
    const group = event.stored.object.spec?.group;
    return view.list(DEFINITIONS).flatMap(({ metadata, spec }) => (spec?.group === group ? [keyOf(metadata.name as string)] : []));
  },
};

/** The last instance of a definition that is being deleted lets it go. */
const instances: Watch = {
  resource: '*',
  types: ['DELETED'],
  keys: (event, view) => {
    const [group, plural] = splitKey(event.key).resource.split('/') as [string, string];
    const key = keyOf(`${plural}.${group}`);
    return view.get(key)?.metadata.deletionTimestamp ? [key] : [];
  },
};

/** Models pkg/controller/finalizer/crd_finalizer.go: the condition keeps the instant at which deletion began. */
const inProgress = ({ status }: KubeObject): unknown => ({
  ...status,
  conditions: status?.conditions?.map((condition: { type: string }) =>
    condition.type === 'Terminating'
      ? { ...condition, reason: 'InstanceDeletionInProgress', message: 'CustomResource deletion is in progress' }
      : condition,
  ),
});

function finalize({ api, view }: Reconcile, definition: KubeObject): void {
  const { group, names } = definition.spec;
  const resource = `${group}/${names.plural}`;
  for (const { metadata } of view.list(resource)) {
    if (!metadata.deletionTimestamp)
      api.delete(objectKey(resource, metadata.namespace, metadata.name as string), { propagationPolicy: 'Background' });
  }
  if (view.list(resource).length > 0) {
    api.updateStatus({ ...definition, status: inProgress(definition) });
    return;
  }
  const { finalizers = [], ...metadata } = definition.metadata;
  api.update({ ...definition, metadata: { ...metadata, finalizers: finalizers.filter((finalizer) => finalizer !== CLEANUP_FINALIZER) } });
}

/** Models pkg/controller/{status,establish,finalizer} of k8s.io/apiextensions-apiserver. */
export const customResourceDefinitionController = defineController({
  name: 'customresourcedefinition',
  component: 'apiextensions-apiserver',
  manager: 'kube-apiserver',
  watches: [definitions, instances],
  reconcile: (context) => {
    const definition = context.view.get(context.key);
    if (!definition) return;
    if (definition.metadata.deletionTimestamp) {
      if (definition.metadata.finalizers?.includes(CLEANUP_FINALIZER)) finalize(context, definition);
      return;
    }
    const others = context.view.list(DEFINITIONS).filter((other) => other.spec?.group === definition.spec.group && other !== definition);
    context.api.updateStatus({ ...definition, status: acceptedStatus(definition, others, context.now) });
  },
});
