'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useT } from '#i18n/provider.tsx';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

/** The platform's modal dialog: focus is trapped and given back by the browser, Esc closes. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  wide,
  side,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  wide?: boolean;
  side?: boolean;
}) {
  const t = useT();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // React's autoFocus acts before the dialog is modal, which then moves the focus to its first control.
      dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  if (!open) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way, handled by the browser
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      className={cx(
        'bg-raised text-text shadow-pop',
        side ? 'm-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line' : 'm-auto max-w-[calc(100vw-1.5rem)] rounded-xl border border-line',
        !side && (wide ? 'w-[52rem]' : 'w-[34rem]'),
      )}
    >
      <div className={side ? 'flex h-full flex-col' : ''}>
        <header className="flex items-center justify-between gap-3 border-b border-line py-2 pr-2 pl-4">
          <h2 id={titleId} className="font-semibold break-words">
            {title}
          </h2>
          <IconButton label={t('action.close')} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </header>
        <div className={side ? 'min-h-0 flex-1 overflow-y-auto' : 'max-h-[80dvh] overflow-y-auto p-4'}>{children}</div>
      </div>
    </dialog>
  );
}
