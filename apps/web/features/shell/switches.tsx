'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type Theme, useI18n } from '#i18n/provider.tsx';
import { IconButton } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon, type IconName } from '#ui/icon.tsx';

const yearSeconds = 365 * 24 * 3600;

function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${name}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
}

export function LocaleSwitch() {
  const { locale, t } = useI18n();
  const router = useRouter();
  return (
    <fieldset className="flex items-center rounded-md border border-line p-0.5">
      <legend className="sr-only">{t('switch.language')}</legend>
      {(['en', 'ko'] as const).map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === locale}
          onClick={() => {
            remember('viva-locale', each);
            router.refresh();
          }}
          className={cx(
            'h-7 min-w-9 rounded px-1.5 text-xs font-medium',
            each === locale ? 'bg-accent-soft text-accent' : 'text-muted hover:text-text',
          )}
        >
          {each === 'en' ? 'EN' : '한국어'}
        </button>
      ))}
    </fieldset>
  );
}

const themes: Record<Theme, { icon: IconName; next: Theme }> = {
  system: { icon: 'system', next: 'light' },
  light: { icon: 'sun', next: 'dark' },
  dark: { icon: 'moon', next: 'system' },
};

export function ThemeSwitch() {
  const { theme, t } = useI18n();
  const [current, setCurrent] = useState(theme);
  const { icon, next } = themes[current];
  return (
    <IconButton
      label={t('switch.theme', { now: t(`theme.${current}`) })}
      onClick={() => {
        remember('viva-theme', next);
        document.documentElement.dataset.theme = next;
        setCurrent(next);
      }}
    >
      <Icon name={icon} />
    </IconButton>
  );
}
