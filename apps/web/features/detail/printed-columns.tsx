'use client';
import { useEffect, useState } from 'react';
import { toneOfFraction, toneOfWord } from '#features/lists/tone.ts';
import { useClient } from '#kube/hooks.tsx';
import { pathOf } from '#kube/resource.ts';
import type { Table } from '#kube/types.ts';
import { Skeleton } from '#ui/feedback.tsx';
import { Facts } from '#ui/panel.tsx';
import { Status } from '#ui/status.tsx';
import type { TabProps } from './facets.ts';

const settleMs = 150;

/** What the server prints for this kind, every column of it: the one summary that exists for any kind, CRDs included. */
export function PrintedColumns({ resource, object }: TabProps) {
  const client = useClient();
  const [table, setTable] = useState<Table>();
  const { name, namespace, resourceVersion } = object.metadata;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new resourceVersion is the reason to ask again
  useEffect(() => {
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      client
        .get<Table>(pathOf(resource, namespace, name), { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io', signal: aborter.signal })
        .then(setTable, () => !aborter.signal.aborted && setTable({ kind: 'Table', columnDefinitions: [], rows: [] }));
    }, settleMs);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [client, resource, namespace, name, resourceVersion]);
  if (!table) return <Skeleton rows={4} />;
  const cells = table.rows?.[0]?.cells ?? [];
  const facts = table.columnDefinitions.flatMap((column, i): [string, React.ReactNode][] => {
    const lower = column.name.toLowerCase();
    if (lower === 'name' || lower === 'age') return [];
    const value = cells[i];
    const text = value === null || value === undefined || value === '' ? '–' : String(value);
    const tone = lower === 'status' || lower === 'phase' ? toneOfWord(text) : lower === 'ready' ? toneOfFraction(text) : undefined;
    return [
      [
        (
          <span key="t" title={column.description}>
            {column.name}
          </span>
        ) as unknown as string,
        tone ? (
          <Status key="v" tone={tone}>
            {text}
          </Status>
        ) : (
          <span key="v" className="tnum font-mono text-[12.5px] break-all">
            {text}
          </span>
        ),
      ],
    ];
  });
  return facts.length > 0 ? <Facts items={facts} /> : <p className="text-muted">–</p>;
}
