import type { Definition } from '@vivakube/schema';
import type { Instant } from '../core/instant.ts';
import { type ResourceName, resourceName } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { AccessQuestion, Decision, PolicyRule } from './authorize.ts';
import type { FieldError } from './field.ts';
import type { Verdict } from './identity/authenticate.ts';
import type { UserInfo } from './request.ts';

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/** One column of `kubectl get`; priority 1 appears with `-o wide`. */
export interface Column<T> {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  format?: string;
  description?: string;
  priority?: number;
  cell: (object: T, context: { now: Instant }) => string | number | boolean | null;
}

/** Where `scale` finds its figures, as paths into the object (`spec.replicas`). */
export interface ScaleMapping {
  specReplicasPath: string;
  statusReplicasPath: string;
  /** A text, or a LabelSelector that is printed as one. */
  selectorPath: string;
}

/** What a kind's hooks may look at besides the object itself. */
export interface KindContext {
  view: View;
  now: Instant;
  seed: string;
}

/** What answers a question that was posted as an object. */
export interface ReviewContext {
  user: UserInfo;
  /** Namespace of the URL, for local reviews. */
  namespace: string;
  decide: (user: UserInfo, question: AccessQuestion) => Decision;
  /** `problem` names the roles that are bound and not there. */
  rules: (user: UserInfo, namespace: string) => { rules: PolicyRule[]; problem: string | undefined };
  /** Whom a token stands for, if it was made for one of the audiences (the API server, where none are given). */
  authenticate: (token: string, audiences?: readonly string[]) => Verdict;
}

export interface SubresourceUpdate<T> {
  /** metadata.generation stays, whatever changes. */
  keepsGeneration?: boolean;
  /** `prepare` makes the parts it changes anew, of what is there already: nothing that was sent is kept or needs defaults. */
  rebuilds?: boolean;
  /** Takes over from `old` whatever this subresource may not change. */
  prepare: (object: T, old: T, context: KindContext) => void;
  validate?: (object: T, old: T) => FieldError[];
}

/** Objects that are kept as objects of another kind: a further version of a resource, or the same thing in another group. */
export interface Conversion<T> {
  storage: KindDefinition;
  from: (stored: KubeObject) => T;
  /** Must cope with objects that are incomplete. */
  to: (object: T) => KubeObject;
  /** What a new object of this kind is held to besides. */
  validate?: (object: T) => FieldError[];
  /** What a change through this kind is held to besides: both as they are stored. */
  validateUpdate?: (object: KubeObject, old: KubeObject) => FieldError[];
}

export interface VirtualObjects<T> {
  /** Throws NotFound where there is none. */
  get: (name: string, namespace: string, context: KindContext) => T;
  /** In key order; of all namespaces where none is given. */
  list: (namespace: string, context: KindContext) => T[];
}

/**
 * Everything that is particular to one kind. Shared code asks for a property here; it never branches on a kind's name.
 * Hooks get a private copy of the object and change it in place.
 */
export interface KindDefinition<T extends KubeObject = KubeObject> {
  /** '' for core. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular?: string;
  listKind?: string;
  shortNames?: string[];
  categories?: string[];
  scope: 'Namespaced' | 'Cluster';
  /** Name of the definition in @vivakube/schema, for example `apps.v1.Deployment`. */
  schema: string;
  /** The definition itself, for kinds whose schema is no built-in one (custom resources). */
  definition?: Definition;
  /** What OpenAPI documents print for a kind with a definition of its own: the schema as its author wrote it. */
  openApi?: Readonly<Record<string, unknown>>;
  /** In a real cluster another server serves it, which an APIService names. */
  servedElsewhere?: boolean;
  /** All of them, unless the kind is virtual (reviews, bindings). */
  verbs?: readonly Verb[];
  subresources?: { status?: boolean; scale?: ScaleMapping };
  /** A creator's status is kept: kubelets register their nodes with it. */
  createsWithStatus?: boolean;
  /** What is worked out when an object is created depends neither on its name nor on its uid. */
  stampable?: true;
  /** Whether metadata.generation counts changes (of everything but metadata and status). */
  generation?: boolean;
  /** Messages about a name; RFC 1123 subdomain unless said otherwise. `prefix` is true for generateName. */
  nameRule?: (name: string, prefix: boolean) => string[];
  /** Fills in what upstream's SetDefaults_* functions fill in. */
  defaults?: (object: T) => void;
  /** Models the strategy's PrepareForCreate. metadata.generation and dropping status are shared code. */
  prepareForCreate?: (object: T, context: KindContext) => void;
  /** Models the strategy's PrepareForUpdate. Keeping the old status is shared code. */
  prepareForUpdate?: (object: T, old: T, context: KindContext) => void;
  /** Models the status strategy's PrepareForUpdate, where it does more than keep the old spec and metadata. */
  prepareForStatusUpdate?: (object: T, old: T, context: KindContext) => void;
  /** Every finding about a new object except about metadata, which shared code checks. */
  validate?: (object: T) => FieldError[];
  /** Every finding about a changed object, immutability included; `validate` is not run besides. */
  validateUpdate?: (object: T, old: T) => FieldError[];
  validateStatusUpdate?: (object: T, old: T) => FieldError[];
  /** Texts of Warning headers. */
  warnings?: (object: T, old?: T) => string[];
  /** Said of every request, reads included: the kind as a whole is on its way out. */
  deprecation?: string;
  /** Why nothing can be made at present. */
  refusesCreate?: string;
  /** PUT must name the revision that it replaces (AllowUnconditionalUpdate upstream). */
  updatesNameRevision?: boolean;
  /** PUT of what is not there makes it (AllowCreateOnUpdate upstream). */
  createsOnUpdate?: boolean;
  /** Kinds that are a subresource without its address: what is posted goes to the object that its name names. */
  postsTo?: { plural: string; subresource: string };
  /** Values of the field selectors besides metadata.name and metadata.namespace. */
  fieldSelectors?: Record<string, (object: T) => string>;
  /** Columns besides Name (first) and Age (last), which shared code adds unless `exactColumns`. */
  columns: Column<T>[];
  /** The columns are complete as they stand. */
  exactColumns?: boolean;
  /** Extra indexes: `view.indexed(resource, name, value)` lists the objects whose values include the one given. */
  indexes?: Record<string, (object: T) => readonly string[]>;
  /** Grace in seconds that a delete leaves the object, given what was asked for; 0 removes it at once. Pods only have one. */
  gracePeriodSeconds?: (object: T, askedSeconds: number | undefined, context: KindContext) => number;
  /** How the object looks at an instant, where that is more than what is stored (heartbeats). Must return a copy. */
  present?: (object: T, context: KindContext) => T;
  /** Whether something besides finalizers keeps a deleted object (a namespace with spec.finalizers). */
  holdsDeletion?: (object: T) => boolean;
  /** How an object looks once it is marked for deletion, where that is more than metadata (a namespace is Terminating). Must return a copy. */
  prepareForDelete?: (object: T) => T;
  /** Further subresources that are updates of the object itself with rules of their own (`finalize`, `ephemeralcontainers`, `resize`, `approval`). */
  updates?: Record<string, SubresourceUpdate<T>>;
  /**
   * Kinds whose objects are kept as another kind's. That one defaults and validates them; field selectors look at what is stored.
   */
  converts?: Conversion<T>;
  /** Kinds that are stored nowhere: what there is to see of them is worked out from the rest of the state when somebody looks. */
  virtual?: VirtualObjects<T>;
  /** Kinds that are questions: the object with its answer filled in. They are stored nowhere and have no other verb than create. */
  review?: (object: T, context: ReviewContext) => T;
  /** DELETE answers with the object even when it is gone at once (ReturnDeletedObject upstream). */
  returnsDeleted?: boolean;
  /** The default of propagationPolicy where the caller asks for none. Background, unless said otherwise. */
  defaultPropagation?: 'Background' | 'Orphan' | 'Foreground';
  /** Said to who deletes without saying what shall become of dependents. */
  orphanWarning?: string;
}

export function defineKind<T extends KubeObject = KubeObject>(definition: KindDefinition<T>): KindDefinition<T> {
  const { converts } = definition;
  if (!converts) return definition;
  const { storage, from } = converts;
  return { ...definition, present: (object, context) => from(storage.present ? storage.present(object, context) : object) };
}

type Stored = Pick<KindDefinition, 'group' | 'plural'>;

/** Where objects of a kind are stored. */
export const resourceOf = ({ group, plural, converts }: Stored & { converts?: { storage: Stored } }): ResourceName =>
  converts ? resourceName(converts.storage.group, converts.storage.plural) : resourceName(group, plural);

export const apiVersionOf = (kind: Pick<KindDefinition, 'group' | 'version'>): string =>
  kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;

export const listKindOf = ({ kind, listKind }: Pick<KindDefinition, 'kind' | 'listKind'>): string => listKind ?? `${kind}List`;
