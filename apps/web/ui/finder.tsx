'use client';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

export interface Choice {
  value: string;
  label: string;
  hint?: string;
  icon?: IconName;
  /** Further words that find this choice. */
  words?: string;
}

const shownMax = 60;

/** A filter field over a list: arrow keys move, Enter takes, and an unfinished Hangul syllable takes nothing. */
export function Finder({
  label,
  choices,
  selected,
  onPick,
  autoFocus = true,
}: {
  label: string;
  choices: readonly Choice[];
  selected?: string;
  onPick: (value: string) => void;
  autoFocus?: boolean;
}) {
  const t = useT();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      choices.findIndex((choice) => choice.value === selected),
    ),
  );
  const found = useMemo(() => filterChoices(choices, text).slice(0, shownMax), [choices, text]);
  const current = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (current + step + found.length) % Math.max(1, found.length);
      setActive(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const choice = found[current];
      if (choice) onPick(choice.value);
    }
  };
  return (
    <div className="grid min-h-0 gap-1">
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon name="search" className="text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the field opens because the user asked for it
          autoFocus={autoFocus}
          data-autofocus
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined}
          value={text}
          placeholder={label}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-10 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        />
      </div>
      <div id={listId} role="listbox" aria-label={label} className="max-h-80 min-h-0 overflow-y-auto p-1">
        {found.map((choice, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant)
          <div
            key={choice.value}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={choice.value === selected}
            onClick={() => onPick(choice.value)}
            onPointerMove={() => setActive(i)}
            className={cx('flex min-h-8 items-center gap-2 rounded px-2 py-1 max-sm:min-h-11', i === current && 'bg-hover')}
          >
            {choice.icon && <Icon name={choice.icon} className="text-muted" />}
            <span className="min-w-0 flex-1 truncate">{choice.label}</span>
            {choice.hint && <span className="truncate text-xs text-muted">{choice.hint}</span>}
            {choice.value === selected && <Icon name="check" className="text-accent" />}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-3 pb-3 text-[13px] text-muted">
          {t('finder.none')}
        </p>
      )}
    </div>
  );
}

function filterChoices(choices: readonly Choice[], text: string): readonly Choice[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return choices;
  const scored = choices.flatMap((choice) => {
    const label = choice.label.toLowerCase();
    if (label.startsWith(wanted)) return [{ choice, rank: 0 }];
    if ((choice.words ?? '').split(' ').includes(wanted)) return [{ choice, rank: 0 }];
    if (label.includes(wanted)) return [{ choice, rank: 1 }];
    return `${choice.hint ?? ''} ${choice.words ?? ''}`.toLowerCase().includes(wanted) ? [{ choice, rank: 2 }] : [];
  });
  return scored.sort((a, b) => a.rank - b.rank).map(({ choice }) => choice);
}
