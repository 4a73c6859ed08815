'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { buttonClass } from './button.tsx';
import { type Choice, Finder } from './finder.tsx';
import { Icon } from './icon.tsx';

/** A button that opens a searchable list under it. */
export function Picker({
  label,
  children,
  choices,
  selected,
  onPick,
  size,
}: {
  label: string;
  children: ReactNode;
  choices: readonly Choice[];
  selected?: string;
  onPick: (value: string) => void;
  size?: 'sm' | 'md';
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent) => !root.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for Esc and for focus that leaves
    <div
      ref={root}
      className="relative min-w-0"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
      onBlur={(event) => open && event.relatedTarget && !root.current?.contains(event.relatedTarget) && setOpen(false)}
    >
      <button
        ref={button}
        type="button"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
        className={buttonClass('plain', size ?? 'sm', 'max-w-full')}
      >
        <span className="truncate">{children}</span>
        <Icon name="chevron" className="size-3.5 text-muted" />
      </button>
      {open && (
        <div className="absolute left-0 z-40 mt-1 w-72 max-w-[80vw] rounded-lg border border-line bg-raised shadow-pop">
          <Finder
            label={label}
            choices={choices}
            selected={selected}
            onPick={(value) => {
              setOpen(false);
              button.current?.focus();
              onPick(value);
            }}
          />
        </div>
      )}
    </div>
  );
}
