import type { ResourceName } from '../core/key.ts';
import type { Indexer } from '../core/state.ts';
import type { KindDefinition } from './kind.ts';
import { resourceOf } from './kind.ts';

/** The kinds of a cluster, by the names that requests and references use. */
export class Registry {
  private readonly byPlural = new Map<string, KindDefinition>();
  private readonly byKindName = new Map<string, KindDefinition>();
  private readonly byResourceName = new Map<ResourceName, KindDefinition>();

  constructor(readonly kinds: readonly KindDefinition[]) {
    for (const kind of kinds) {
      const plural = `${kind.group}/${kind.version}/${kind.plural}`;
      if (this.byPlural.has(plural)) throw new Error(`two kinds claim ${plural}`);
      this.byPlural.set(plural, kind);
      this.byKindName.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
      if (!kind.converts && !this.byResourceName.has(resourceOf(kind))) this.byResourceName.set(resourceOf(kind), kind);
    }
  }

  /** By the parts of a URL. */
  forPath(group: string, version: string, plural: string): KindDefinition | undefined {
    return this.byPlural.get(`${group}/${version}/${plural}`);
  }

  /** By apiVersion and kind, as references and bodies name it. */
  forKind(apiVersion: string, kind: string): KindDefinition | undefined {
    const slash = apiVersion.indexOf('/');
    return this.byKindName.get(slash < 0 ? `/${apiVersion}/${kind}` : `${apiVersion}/${kind}`);
  }

  /** The storage version of a resource. */
  forResource(resource: ResourceName): KindDefinition | undefined {
    return this.byResourceName.get(resource);
  }

  /** Index entries: owners of every object, and what the object's kind adds. */
  readonly indexer: Indexer = (key, object) => {
    const entries: string[] = [];
    for (const ref of object.metadata.ownerReferences ?? []) entries.push(`*|owner|${ref.uid}`);
    const resource = key.slice(0, key.indexOf('/', key.indexOf('/') + 1));
    const indexes = this.byResourceName.get(resource)?.indexes;
    if (indexes)
      for (const name of Object.keys(indexes))
        for (const value of (indexes[name] as (o: unknown) => readonly string[])(object)) entries.push(`${resource}|${name}|${value}`);
    return entries;
  };

  groups(): string[] {
    return [...new Set(this.kinds.map((kind) => kind.group))];
  }

  resourceOfRef(apiVersion: string, kind: string): ResourceName | undefined {
    const found = this.forKind(apiVersion, kind);
    return found && resourceOf(found);
  }
}
