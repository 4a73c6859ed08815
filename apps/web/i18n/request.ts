import { cookies, headers } from 'next/headers';
import { type Locale, negotiate } from './messages.ts';
import type { Theme } from './provider.tsx';

export const localeCookie = 'viva-locale';
export const themeCookie = 'viva-theme';

export async function requestLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookie)?.value;
  if (chosen === 'en' || chosen === 'ko') return chosen;
  return negotiate((await headers()).get('accept-language'));
}

export async function requestTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(themeCookie)?.value;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}
