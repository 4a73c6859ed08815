import type { Metadata } from 'next';
import { DetailPage } from '#features/detail/detail-page.tsx';
import { noNamespace } from '#features/shell/routes.ts';

interface Props {
  params: Promise<{ kind: string; ns: string; name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { kind, name } = await params;
  return { title: `${decodeURIComponent(name)} · ${decodeURIComponent(kind)}` };
}

export default async function Page({ params }: Props) {
  const { kind, ns, name } = await params;
  return (
    <DetailPage kind={decodeURIComponent(kind)} namespace={ns === noNamespace ? undefined : decodeURIComponent(ns)} name={decodeURIComponent(name)} />
  );
}
