import type { Metadata } from 'next';
import Link from 'next/link';
import { limits } from '#features/platform/limits.ts';
import { Logo } from '#features/shell/logo.tsx';
import { LocaleSwitch, ThemeSwitch } from '#features/shell/switches.tsx';
import { messagesOf } from '#i18n/messages.ts';
import { requestLocale } from '#i18n/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesOf(await requestLocale())['docs.limits'] };
}

export default async function Page() {
  const locale = await requestLocale();
  const m = messagesOf(locale);
  return (
    <div className="mx-auto max-w-3xl px-5">
      <header className="flex items-center justify-between gap-3 py-4">
        <Link href="/" aria-label={m['nav.home']} className="rounded">
          <Logo />
        </Link>
        <div className="flex items-center gap-2">
          <LocaleSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main className="grid gap-8 py-8">
        <h1 className="text-3xl font-bold">{m['docs.limits']}</h1>
        {limits[locale].map((section) => (
          <section key={section.title} className="grid gap-3">
            <h2 className="text-lg font-semibold">{section.title}</h2>
            <ul className="grid list-disc gap-2 pl-5">
              {section.points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          </section>
        ))}
      </main>
    </div>
  );
}
