import { DetailPage } from '#features/detail/detail-page.tsx';
import { noNamespace } from '#features/shell/routes.ts';

export default async function Page({ params }: { params: Promise<{ kind: string; ns: string; name: string }> }) {
  const { kind, ns, name } = await params;
  return (
    <DetailPage kind={decodeURIComponent(kind)} namespace={ns === noNamespace ? undefined : decodeURIComponent(ns)} name={decodeURIComponent(name)} />
  );
}
