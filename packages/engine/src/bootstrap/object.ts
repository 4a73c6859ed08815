import type { ResourceName } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';

/** Something that is there before anybody asked for it. */
export interface Bootstrapped {
  resource: ResourceName;
  object: KubeObject;
}
