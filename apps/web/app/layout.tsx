import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { messagesOf } from '#i18n/messages.ts';
import { I18nProvider } from '#i18n/provider.tsx';
import { requestLocale, requestTheme } from '#i18n/request.ts';
import { ToastHost } from '#ui/toast.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const messages = messagesOf(await requestLocale());
  return { title: { default: 'Vivakube', template: '%s · Vivakube' }, description: messages['landing.lead'], icons: { icon: '/icon.svg' } };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([requestLocale(), requestTheme()]);
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <I18nProvider locale={locale} messages={messagesOf(locale)} theme={theme}>
          <ToastHost>{children}</ToastHost>
        </I18nProvider>
      </body>
    </html>
  );
}
