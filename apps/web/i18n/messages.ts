import { en } from './en.ts';
import { ko } from './ko.ts';

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;
export type Locale = 'en' | 'ko';
export const locales: readonly Locale[] = ['en', 'ko'];

const all: Record<Locale, Messages> = { en, ko };

export function messagesOf(locale: Locale): Messages {
  return all[locale];
}

/** The first language of Accept-Language that we speak. */
export function negotiate(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(';q=');
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) || 0 };
    })
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    if (tag.startsWith('ko')) return 'ko';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}
