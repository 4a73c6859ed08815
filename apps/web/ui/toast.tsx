'use client';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { Button, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { Mark, type Tone } from './status.tsx';

export interface Toast {
  tone: Tone;
  text: string;
  detail?: string;
  action?: { label: string; run: () => void };
}
type Show = (toast: Toast) => void;
const Context = createContext<Show>(() => {});
const plainMs = 6_000;
/** A message that carries an Undo stays long enough to be reached by keyboard. */
const actionMs = 30_000;

export function ToastHost({ children }: { children: ReactNode }) {
  const t = useT();
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([]);
  const nextId = useRef(1);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<Show>(
    (toast) => {
      const id = nextId.current++;
      setToasts((all) => [...all.slice(-3), { ...toast, id }]);
      if (toast.tone !== 'bad') setTimeout(() => dismiss(id), toast.action ? actionMs : plainMs);
    },
    [dismiss],
  );
  return (
    <Context.Provider value={useMemo(() => show, [show])}>
      {children}
      <section
        aria-label={t('toast.region')}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-3 bottom-3 z-50 grid justify-items-end gap-2 sm:left-auto"
      >
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className="pointer-events-auto flex w-full max-w-md items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-3.5 shadow-pop"
          >
            <Mark tone={toast.tone} />
            <div className="min-w-0 flex-1">
              <p className="font-medium break-words">{toast.text}</p>
              {toast.detail && <p className="max-h-32 overflow-y-auto text-[13px] break-words text-muted">{toast.detail}</p>}
            </div>
            {toast.action && (
              <Button
                size="sm"
                onClick={() => {
                  toast.action?.run();
                  dismiss(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <IconButton label={t('action.dismiss')} onClick={() => dismiss(toast.id)}>
              <Icon name="close" />
            </IconButton>
          </div>
        ))}
      </section>
    </Context.Provider>
  );
}

export function useToast(): Show {
  return useContext(Context);
}
