import type { Instant } from '../core/instant.ts';

import type { KubeObject } from '../core/object.ts';
import { Stored } from '../core/stored.ts';
import type { View } from '../core/txn.ts';
import type { Form } from './accept.ts';
import { ageSince } from './age.ts';
import { goQuote } from './field.ts';
import { apiVersionOf, type Column, type KindContext, type KindDefinition, listKindOf } from './kind.ts';
import { badRequest } from './status.ts';

/** Turns stored objects into the text of answers. */
export interface Rendering {
  kind: KindDefinition;
  form: Form;
  view: View;
  now: Instant;
  /** Row objects of a Table: `Metadata` unless asked otherwise. */
  includeObject: string;
}

const partialTexts = new WeakMap<KubeObject, string>();

export function partialJson(object: KubeObject): string {
  let text = partialTexts.get(object);
  if (text === undefined) {
    text = `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(object.metadata)}}`;
    partialTexts.set(object, text);
  }
  return text;
}

/** The object as it looks now: heartbeats and the like are computed, everything else is stored text. */
export function presented({ kind, view, now }: Rendering, stored: Stored): Stored {
  if (!kind.present) return stored;
  const context: KindContext = { view, now, seed: view.seed };
  const shown = kind.present(stored.object, context);
  return shown === stored.object ? stored : Stored.ofObject(shown, stored.revision);
}

export function objectText(rendering: Rendering, stored: Stored): string {
  const shown = presented(rendering, stored);
  if (rendering.form === 'object') return shown.json;
  if (rendering.form === 'partial') return partialJson(shown.object);
  return tableText(rendering, [shown.object], { resourceVersion: shown.object.metadata.resourceVersion ?? '' })
    .join('')
    .trimEnd();
}

export interface ListMeta {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

/** A list as texts to be written one after the other. */
export function listTexts(rendering: Rendering, items: readonly Stored[], meta: ListMeta): string[] {
  const shown = rendering.kind.present ? items.map((item) => presented(rendering, item)) : items;
  if (rendering.form === 'table')
    return tableText(
      rendering,
      shown.map((item) => item.object),
      meta,
    );
  const { kind } = rendering;
  if (rendering.form === 'partial') {
    const head = `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(meta)},"items":[`;
    return joined(head, shown, (item) => partialJson(item.object));
  }
  // Items of built-in lists carry neither kind nor apiVersion; every stored text starts with exactly these two.
  const cut = `{"kind":"${kind.kind}","apiVersion":"${apiVersionOf(kind)}",`;
  const bare = kind.definition === undefined;
  const head = `{"kind":"${listKindOf(kind)}","apiVersion":"${apiVersionOf(kind)}","metadata":${JSON.stringify(meta)},"items":[`;
  return joined(head, shown, (item) => (bare && item.json.startsWith(cut) ? `{${item.json.slice(cut.length)}` : item.json));
}

function joined<T>(head: string, items: readonly T[], text: (item: T) => string): string[] {
  const texts = [head];
  for (const [i, item] of items.entries()) {
    if (i > 0) texts.push(',');
    texts.push(text(item));
  }
  texts.push(']}\n');
  return texts;
}

const NAME_DESCRIPTION =
  'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';
const AGE_DESCRIPTION =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata';

const NAME: Column<KubeObject> = { name: 'Name', type: 'string', format: 'name', description: NAME_DESCRIPTION, cell: (o) => o.metadata.name ?? '' };
const AGE: Column<KubeObject> = {
  name: 'Age',
  type: 'string',
  description: AGE_DESCRIPTION,
  cell: (o, { now }) => ageSince(o.metadata.creationTimestamp, now),
};

/** All columns of a kind. Age stands before the columns of `-o wide`, as upstream's printers have it. */
export function columnsOf(kind: KindDefinition): readonly Column<KubeObject>[] {
  if (kind.exactColumns) return kind.columns;
  const narrow = kind.columns.filter((column) => (column.priority ?? 0) === 0);
  const wide = kind.columns.filter((column) => (column.priority ?? 0) !== 0);
  return [NAME, ...narrow, AGE, ...wide];
}

function tableText(rendering: Rendering, objects: readonly KubeObject[], meta: ListMeta): string[] {
  checkRowObject(rendering.includeObject);
  const columns = columnsOf(rendering.kind);
  const head = `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(meta)},"columnDefinitions":${columnText(columns)},"rows":[`;
  const context = { now: rendering.now };
  return joined(head, objects, (object) => {
    const cells = JSON.stringify(columns.map((column) => column.cell(object, context)));
    return `{"cells":${cells}${rowObject(rendering, object)}}`;
  });
}

const ROW_OBJECTS: readonly string[] = ['Metadata', 'Object', 'None', ''];

/** Models ValidateTableOptions in k8s.io/apimachinery/pkg/apis/meta/v1/validation. */
function checkRowObject(includeObject: string): void {
  if (ROW_OBJECTS.includes(includeObject)) return;
  throw badRequest(`includeObject: Invalid value: ${goQuote(includeObject)}: must be 'Metadata', 'Object', 'None', or empty`);
}

function rowObject({ includeObject }: Rendering, object: KubeObject): string {
  if (includeObject === 'None') return '';
  return `,"object":${includeObject === 'Object' ? JSON.stringify(object) : partialJson(object)}`;
}

function columnText(columns: readonly Column<KubeObject>[]): string {
  return JSON.stringify(
    columns.map(({ name, type, format, description, priority }) => ({
      name,
      type,
      format: format ?? '',
      description: description ?? '',
      priority: priority ?? 0,
    })),
  );
}

/** A bookmark in the shape of the kind. */
export function bookmarkText({ kind, form }: Rendering, revision: number, initialEventsEnd: boolean): string {
  const metadata = {
    resourceVersion: String(revision),
    creationTimestamp: null,
    ...(initialEventsEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  };
  const type =
    form === 'partial' ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' } : { kind: kind.kind, apiVersion: apiVersionOf(kind) };
  const object =
    form === 'table'
      ? {
          kind: 'Table',
          apiVersion: 'meta.k8s.io/v1',
          metadata: { resourceVersion: String(revision) },
          columnDefinitions: [],
          rows: [{ cells: [], object: { ...type, metadata } }],
        }
      : { ...type, metadata };
  return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`;
}
