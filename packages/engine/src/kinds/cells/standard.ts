import type { KubeObject } from '../../core/object.ts';
import { ageSince } from '../../machinery/age.ts';
import type { Column } from '../../machinery/kind.ts';

const NAME_DESCRIPTION =
  'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';

const CREATED_DESCRIPTION =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata';

export const nameColumn: Column<KubeObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: NAME_DESCRIPTION,
  cell: ({ metadata }) => metadata.name ?? '',
};

export const ageColumn: Column<KubeObject> = {
  name: 'Age',
  type: 'string',
  description: CREATED_DESCRIPTION,
  cell: ({ metadata }, { now }) => ageSince(metadata.creationTimestamp, now),
};

/** What kinds without a printer of their own show. */
export const createdAtColumn: Column<KubeObject> = {
  name: 'Created At',
  type: 'date',
  description: CREATED_DESCRIPTION,
  cell: ({ metadata }) => metadata.creationTimestamp ?? null,
};

type Cell = Column<KubeObject>['cell'];

/** A column of text, the most common sort. */
export const text = (name: string, description: string, cell: Cell): Column<KubeObject> => ({ name, type: 'string', description, cell });

export const integer = (name: string, description: string, cell: Cell): Column<KubeObject> => ({ name, type: 'integer', description, cell });

export const boolean = (name: string, description: string, cell: Cell): Column<KubeObject> => ({ name, type: 'boolean', description, cell });

/** The same column, shown only with `-o wide`. */
export const wide = (column: Column<KubeObject>): Column<KubeObject> => ({
  ...column,
  priority: 1,
});
