import { Overview } from '#features/overview/overview.tsx';

export default async function Page({ params }: { params: Promise<{ ns: string }> }) {
  return <Overview namespace={decodeURIComponent((await params).ns)} />;
}
