import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';

/**
 * Objects made of one template share its spec by identity. What creating the first of them found out - that the spec is valid,
 * which fields its manager owns - holds for the others, and a roll-out creates thousands.
 */
interface Findings {
  valid: boolean;
  owned: Map<string, readonly ManagedFieldsEntry[]>;
}

const known = new WeakMap<object, Findings>();
const TEMPLATED: readonly string[] = ['kind', 'apiVersion', 'metadata', 'spec'];

/** Findings about an object's spec; undefined for objects that are more than a spec. */
export function findingsOf(input: KubeObject): Findings | undefined {
  const spec: unknown = input.spec;
  if (spec === null || typeof spec !== 'object' || Object.keys(input).some((field) => !TEMPLATED.includes(field))) return undefined;
  let findings = known.get(spec);
  if (!findings) {
    findings = { valid: false, owned: new Map() };
    known.set(spec, findings);
  }
  return findings;
}

/** Everything besides the spec that decides which fields a creator owns. */
export function ownedShape(manager: string, { metadata }: KubeObject): string {
  const { labels, annotations, finalizers, ownerReferences, generateName } = metadata;
  return JSON.stringify([
    manager,
    labels && Object.keys(labels),
    annotations && Object.keys(annotations),
    finalizers,
    ownerReferences?.map((ref) => [ref.uid, ref.controller, ref.blockOwnerDeletion]),
    generateName === undefined,
  ]);
}
