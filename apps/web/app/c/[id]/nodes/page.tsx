import type { Metadata } from 'next';
import { NodesPage } from '#features/nodes/nodes-page.tsx';
import { messagesOf } from '#i18n/messages.ts';
import { requestLocale } from '#i18n/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesOf(await requestLocale())['nav.nodes'] };
}

export default function Page() {
  return <NodesPage />;
}
