import type { Metadata } from 'next';
import { ListPage } from '#features/lists/list-page.tsx';

interface Props {
  params: Promise<{ kind: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).kind) };
}

export default async function Page({ params }: Props) {
  return <ListPage kind={decodeURIComponent((await params).kind)} />;
}
