'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { format, type Vars } from './format.ts';
import type { Locale, MessageKey, Messages } from './messages.ts';

export type Theme = 'system' | 'light' | 'dark';
interface I18n {
  locale: Locale;
  theme: Theme;
  t: Translate;
}
export type Translate = (key: MessageKey, vars?: Vars) => string;

const Context = createContext<I18n | null>(null);

export function I18nProvider(props: { locale: Locale; messages: Messages; theme: Theme; children: ReactNode }) {
  const { locale, messages, theme } = props;
  const value = useMemo<I18n>(() => ({ locale, theme, t: (key, vars) => format(messages[key], vars) }), [locale, messages, theme]);
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (!value) throw new Error('useI18n needs an I18nProvider above it');
  return value;
}

export function useT(): Translate {
  return useI18n().t;
}
