import { headers } from 'next/headers';
import { Landing } from '#features/landing/landing.tsx';
import { messagesOf } from '#i18n/messages.ts';
import { requestLocale } from '#i18n/request.ts';

export default async function Page() {
  const [locale, header] = await Promise.all([requestLocale(), headers()]);
  const origin = `${header.get('x-forwarded-proto') ?? 'http'}://${header.get('host') ?? 'localhost:3000'}`;
  return <Landing m={messagesOf(locale)} origin={origin} />;
}
