import { contentTypes, fieldManager, type KubeClient } from '#kube/client.ts';
import { statusOf } from '#kube/error.ts';
import { pathOf, resourceOfKind } from '#kube/resource.ts';
import type { KubeObject, KubeStatus, Resource } from '#kube/types.ts';
import type { Manifest } from './documents.ts';

export interface Outcome {
  manifest: Manifest;
  resource?: Resource;
  namespace?: string;
  /** The live object before; undefined when it would be created. */
  before?: KubeObject;
  /** What the server made of it, dry or not. */
  after?: KubeObject;
  created: boolean;
  error?: KubeStatus;
  /** Fields another manager owns; applying takes them over only when asked to. */
  conflict: boolean;
  warnings: string[];
  /** The namespace comes from an earlier document, so the dry run could not look inside it. */
  awaitsNamespace?: boolean;
}

export interface ApplyOptions {
  dryRun: boolean;
  force: boolean;
  defaultNamespace: string;
}

/** Applies the documents in their order, each by server-side apply; an error of one does not hide the others. */
export async function applyAll(
  client: KubeClient,
  resources: readonly Resource[],
  manifests: readonly Manifest[],
  options: ApplyOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const createdNamespaces = new Set<string>();
  for (const manifest of manifests) {
    if (!manifest.object) continue;
    const outcome = await applyOne(client, resources, manifest, manifest.object, options);
    if (outcome.resource?.kind === 'Namespace' && outcome.created) createdNamespaces.add(manifest.object.metadata.name);
    if (options.dryRun && outcome.error?.code === 404 && outcome.namespace && createdNamespaces.has(outcome.namespace)) {
      outcomes.push({ ...outcome, error: undefined, after: manifest.object, created: true, awaitsNamespace: true });
    } else outcomes.push(outcome);
  }
  return outcomes;
}

async function applyOne(
  client: KubeClient,
  resources: readonly Resource[],
  manifest: Manifest,
  object: KubeObject,
  options: ApplyOptions,
): Promise<Outcome> {
  const base = { manifest, created: false, conflict: false, warnings: [] };
  const resource = resourceOfKind(resources, object.apiVersion, object.kind);
  if (!resource) {
    const message = `no matches for kind "${object.kind}" in version "${object.apiVersion}"`;
    return { ...base, error: { kind: 'Status', code: 404, reason: 'NotFound', message } };
  }
  const namespace = resource.namespaced ? (object.metadata.namespace ?? options.defaultNamespace) : undefined;
  // The version of the manifest counts, not the preferred one.
  const version = object.apiVersion.slice(object.apiVersion.indexOf('/') + 1);
  const served = { ...resource, version };
  const path = pathOf(served, namespace, object.metadata.name);
  const found = { ...base, resource, namespace };
  try {
    const before = await existing(client, served, namespace, object.metadata.name);
    const query = `?fieldManager=${fieldManager}&fieldValidation=Strict&force=${options.force}${options.dryRun ? '&dryRun=All' : ''}`;
    const answer = await client.send<KubeObject>(path + query, { method: 'PATCH', contentType: contentTypes.apply, body: JSON.stringify(object) });
    return { ...found, before, after: answer.body, created: before === undefined, warnings: answer.warnings };
  } catch (error) {
    const status = statusOf(error);
    return {
      ...found,
      error: status,
      conflict: status.code === 409 && (status.details?.causes ?? []).some((cause) => cause.reason === 'FieldManagerConflict'),
    };
  }
}

/** A list of one name rather than a GET: that the object does not exist yet is no error. */
async function existing(client: KubeClient, resource: Resource, namespace: string | undefined, name: string): Promise<KubeObject | undefined> {
  const path = `${pathOf(resource, namespace)}?fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
  const list = await client.get<{ items?: KubeObject[]; apiVersion: string }>(path);
  const [found] = list.items ?? [];
  // Items of a list may leave out what the list's kind says already.
  return found && { ...found, apiVersion: found.apiVersion ?? list.apiVersion, kind: found.kind ?? resource.kind };
}
