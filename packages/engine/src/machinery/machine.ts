import type { KubeObject, ObjectMeta } from '../core/object.ts';
import type { Txn } from '../core/txn.ts';
import type { Action, Connection } from './action.ts';
import type { FieldError } from './field.ts';
import type { KindDefinition } from './kind.ts';
import type { Registry } from './registry.ts';
import type { UserInfo } from './request.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What admission looks at. `object` is a private copy that `admit` may change. */
export interface Attributes {
  operation: Operation;
  kind: KindDefinition;
  subresource: string;
  namespace: string;
  name: string;
  object: KubeObject | undefined;
  old: KubeObject | undefined;
  user: UserInfo;
  dryRun: boolean;
  txn: Txn;
  /** Texts of Warning headers; rules may add theirs. */
  warnings: string[];
  /** What was sent to a subresource that takes something else than the object: an Eviction, a Binding. */
  sent?: { group: string; version: string; kind: string };
  /** Set while rules admit. */
  rounds?: AdmissionRounds;
}

/** Rules that admit may ask for a second round, in which others see what they changed. Models k8s.io/apiserver/pkg/admission/reinvocation.go. */
export interface AdmissionRounds {
  isSecond: boolean;
  wantsSecond: boolean;
  /** What a rule remembers from one round to the next, by its name. */
  notes: Map<string, unknown>;
}

/** One rule about what may enter the cluster. Both throw ApiError to refuse. */
export interface AdmissionPlugin {
  name: string;
  /** It looks at what objects of one template have in common and at what surrounds them: what it says of the first holds for the others. */
  judgesTemplates?: true;
  /** It has a say in who connects to what. */
  judgesConnections?: true;
  /** There is nothing in the cluster that `admit` would go by. */
  isIdle?: (txn: Txn) => boolean;
  admit?: (attributes: Attributes) => void;
  validate?: (attributes: Attributes) => void;
}

export interface MetadataRules {
  validate: (meta: ObjectMeta, kind: KindDefinition) => FieldError[];
  validateUpdate: (meta: ObjectMeta, old: ObjectMeta, kind: KindDefinition) => FieldError[];
}

/** The API machinery, put together: what serves requests and takes controllers' writes. */
export interface Machine {
  /** The built-in kinds. */
  registry: Registry;
  /** The kinds of a cluster, its custom resources included. */
  kinds: (txn: Txn) => Registry;
  /** By `<resource>/<subresource>`. */
  actions: ReadonlyMap<string, Action | Connection>;
  metadata: MetadataRules;
  /** In the order of kube-apiserver's recommended plugins. */
  admission: readonly AdmissionPlugin[];
}

/** One writer's access: who, on whose behalf, and under which field manager. */
export interface WriteContext {
  machine: Machine;
  txn: Txn;
  user: UserInfo;
  manager: string;
  dryRun: boolean;
  /** Controllers' own writes, which are made of what users were allowed to store, are not weighed. */
  weighs: boolean;
  warnings: string[];
}
