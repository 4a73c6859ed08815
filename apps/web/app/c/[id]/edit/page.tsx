import type { Metadata } from 'next';
import { EditorPage } from '#features/editor/editor-page.tsx';
import { messagesOf } from '#i18n/messages.ts';
import { requestLocale } from '#i18n/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesOf(await requestLocale())['nav.editor'] };
}

export default function Page() {
  return <EditorPage />;
}
