// biome-ignore-all lint/a11y/useSemanticElements: only some rows are in the document, so this table is made of divs with roles
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headings are not interactive; what they hold is
// biome-ignore-all lint/a11y/useSemanticElements: only some rows are in the document, so this table is made of divs with roles
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headings are not interactive; what they hold is
'use client';
'use no memo';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useT } from '#i18n/provider.tsx';
import type { Row } from '#kube/reducer.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/icon.tsx';
import { useNarrow } from '#ui/use-narrow.ts';
import { Cell } from './cell.tsx';
import type { Column, Sort } from './columns.ts';

interface Props {
  label: string;
  rows: readonly Row[];
  columns: readonly Column[];
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
  hrefOf: (row: Row) => string;
}

const rowPx = 36;
const cardPx = 64;

/** Only the rows in view are in the document; the row count is announced as it really is. */
export function ObjectTable({ label, rows, columns, sort, onSort, hrefOf }: Props) {
  const narrow = useNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? cardPx : rowPx),
    overscan: 12,
    getItemKey: (index) => rows[index]?.uid ?? index,
  });
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <div ref={scroller} key={narrow ? 'cards' : 'rows'} className="max-h-[calc(100dvh-11.5rem)] overflow-auto rounded-lg border border-line bg-panel">
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length} className={narrow ? '' : 'min-w-max'}>
        <div role="rowgroup" className={cx('sticky top-0 z-10 border-b border-line bg-panel', narrow && 'sr-only')}>
          <div role="row" aria-rowindex={1} className="grid items-center gap-4 px-4" style={template}>
            {columns.map((column) => (
              <Heading key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const place = { transform: `translateY(${item.start}px)`, height: item.size, ...(narrow ? {} : template) };
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                style={place}
                className={cx(
                  'absolute inset-x-0 border-b border-line/70 px-4 hover:bg-hover',
                  narrow ? 'flex flex-wrap content-center gap-x-3' : 'grid items-center gap-4',
                )}
              >
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role="cell"
                    className={cx(
                      'flex min-w-0',
                      narrow && (column.kind === 'name' ? 'basis-full' : 'text-[13px]'),
                      narrow && !shownOnCard(column) && 'sr-only',
                    )}
                  >
                    {narrow && column.kind === 'number' && <span className="pr-1 text-muted">{column.title}</span>}
                    <Cell row={row} column={column} href={hrefOf(row)} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function shownOnCard(column: Column): boolean {
  return column.kind !== 'text' || column.id === 'namespace';
}

function Heading({ column, sort, onSort }: { column: Column; sort: Sort | undefined; onSort: (sort: Sort) => void }) {
  const t = useT();
  const sorted = sort?.column === column.id ? sort : undefined;
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none'}
      title={column.description}
      className="min-w-0"
    >
      <button
        type="button"
        onClick={() => onSort({ column: column.id, descending: sorted ? !sorted.descending : false })}
        className="-mx-1 flex h-9 max-w-full items-center gap-1 rounded px-1 text-xs font-semibold text-muted hover:text-text"
      >
        <span className="truncate">{column.cell === -1 ? t('ns.label') : column.title}</span>
        {sorted && <Icon name="chevron" className={cx('size-3', !sorted.descending && 'rotate-180')} />}
      </button>
    </div>
  );
}
