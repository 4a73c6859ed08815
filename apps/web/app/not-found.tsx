import { messagesOf } from '#i18n/messages.ts';
import { requestLocale } from '#i18n/request.ts';
import { LinkButton } from '#ui/button.tsx';

export default async function NotFound() {
  const m = messagesOf(await requestLocale());
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="text-2xl font-bold">{m['notFound.title']}</h1>
      <p className="text-muted">{m['notFound.text']}</p>
      <LinkButton href="/">{m['nav.home']}</LinkButton>
    </main>
  );
}
