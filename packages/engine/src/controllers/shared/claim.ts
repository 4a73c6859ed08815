import type { KubeObject } from '../../core/object.ts';
import { type LabelSelector, selectorMatches } from '../../kinds/rules/selector.ts';
import type { Api } from '../../machinery/controller.ts';
import type { KindName, Live } from './objects.ts';
import { controllerOf, newControllerRef, withOwner, withoutOwner } from './owners.ts';

type Candidate = Live<{ apiVersion: string; kind: string; metadata: object }>;

export type Claim = 'keep' | 'adopt' | 'release' | 'ignore';

/** What a controller does about an object that it owns or could own. Models BaseControllerRefManager.ClaimObject in pkg/controller/controller_ref_manager.go. */
export function claimOf(owner: Candidate, selector: LabelSelector | undefined, object: Candidate): Claim {
  const ref = controllerOf(object);
  const matches = selectorMatches(selector, object.metadata.labels);
  const ownerLives = owner.metadata.deletionTimestamp === undefined;
  if (ref) {
    if (ref.uid !== owner.metadata.uid) return 'ignore';
    if (matches) return 'keep';
    return ownerLives ? 'release' : 'ignore';
  }
  return ownerLives && matches && object.metadata.deletionTimestamp === undefined ? 'adopt' : 'ignore';
}

/** Adopts and releases, and returns what the owner controls after that. */
export function claimAll<T extends Candidate>(
  api: Api,
  owner: Candidate,
  kind: KindName,
  selector: LabelSelector | undefined,
  candidates: readonly T[],
): T[] {
  const claimed: T[] = [];
  for (const object of candidates) {
    const claim = claimOf(owner, selector, object);
    if (claim === 'keep') claimed.push(object);
    if (claim === 'adopt') claimed.push(api.update(withOwner(object, newControllerRef(owner, kind)) as KubeObject) as unknown as T);
    if (claim === 'release') api.update(withoutOwner(object, owner.metadata.uid) as KubeObject);
  }
  return claimed;
}
