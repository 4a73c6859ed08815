import { stringify } from 'yaml';
import type { KubeObject } from './types.ts';

const serverFields = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'managedFields',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What a person would have written: without status and without what only the server sets. */
export function manifestOf(object: KubeObject): KubeObject {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.fromEntries(Object.entries(metadata).filter(([field]) => !serverFields.includes(field)));
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key]) => key !== lastApplied && !key.startsWith('deployment.kubernetes.io/'),
  );
  delete kept.annotations;
  if (annotations.length > 0) kept.annotations = Object.fromEntries(annotations);
  const { apiVersion, kind, ...body } = rest;
  return { apiVersion, kind, metadata: kept as unknown as KubeObject['metadata'], ...body } as KubeObject;
}

/** The object as `kubectl get -o yaml` shows it. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _hidden, ...metadata } = object.metadata;
  const { apiVersion, kind, ...rest } = object;
  return { apiVersion, kind, ...rest, metadata };
}

export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false });
}
