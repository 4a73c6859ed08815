'use client';
import { useT } from '#i18n/provider.tsx';
import { Icon } from './icon.tsx';

/** The text stays the browser's own (an unfinished syllable must not be written back while it is typed). */
export function FilterField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT();
  return (
    <label className="flex h-8 items-center gap-2 rounded-md border border-line-strong/60 bg-panel px-2.5 max-sm:h-11 max-sm:w-full">
      <Icon name="search" className="text-muted" />
      <span className="sr-only">{t('list.filter')}</span>
      <input
        type="search"
        defaultValue={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={t('list.filterHint')}
        className="w-56 min-w-0 bg-transparent outline-none placeholder:text-muted max-sm:w-full"
      />
    </label>
  );
}
