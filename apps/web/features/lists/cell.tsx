'use client';
import Link from 'next/link';
import type { Row } from '#kube/reducer.ts';
import { Age } from '#ui/age.tsx';
import { Status } from '#ui/status.tsx';
import { type Column, cellText } from './columns.ts';
import { toneOfFraction, toneOfWord } from './tone.ts';

export function Cell({ row, column, href }: { row: Row; column: Column; href: string }) {
  const text = cellText(row, column);
  if (column.kind === 'name')
    return (
      <Link href={href} prefetch={false} title={text} className="truncate rounded-sm py-1 font-medium text-accent hover:underline">
        {text}
      </Link>
    );
  if (column.kind === 'age') return <Age since={row.metadata.creationTimestamp} />;
  if (text === '') return <span className="text-muted">–</span>;
  if (column.kind === 'status') return <Status tone={row.metadata.deletionTimestamp ? 'progress' : toneOfWord(text)}>{text}</Status>;
  const tone = column.kind === 'fraction' ? toneOfFraction(text) : undefined;
  if (tone)
    return (
      <Status tone={tone} className="tnum">
        {text}
      </Status>
    );
  return (
    <span title={text} className="tnum truncate">
      {text}
    </span>
  );
}
