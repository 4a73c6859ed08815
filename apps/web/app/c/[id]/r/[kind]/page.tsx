import { ListPage } from '#features/lists/list-page.tsx';

export default async function Page({ params }: { params: Promise<{ kind: string }> }) {
  return <ListPage kind={decodeURIComponent((await params).kind)} />;
}
