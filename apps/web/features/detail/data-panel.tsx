'use client';
import { useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import type { TabProps } from './facets.ts';

/** The keys of a ConfigMap or Secret; what is base64 on the wire (Secret data, binaryData) stays hidden until asked for. */
export default function DataPanel({ resource, object }: TabProps) {
  const t = useT();
  const data = Object.entries((object.data ?? {}) as Record<string, string>);
  const binary = Object.entries((object.binaryData ?? {}) as Record<string, string>);
  const secret = resource.kind === 'Secret';
  return (
    <Panel title={t('data.title', { count: data.length + binary.length })} flush>
      {data.length + binary.length === 0 && <p className="px-4 py-3 text-[13px] text-muted">{t('data.none')}</p>}
      <ul className="divide-y divide-line/70">
        {data.map(([key, value]) => (
          <Entry key={key} name={key} text={value} encoded={secret} />
        ))}
        {binary.map(([key, value]) => (
          <Entry key={key} name={key} text={value} encoded />
        ))}
      </ul>
    </Panel>
  );
}

function Entry({ name, text, encoded }: { name: string; text: string; encoded: boolean }) {
  const t = useT();
  const [shown, setShown] = useState(!encoded);
  return (
    <li className="grid gap-1 px-4 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <code className="font-semibold break-all">{name}</code>
        {encoded && (
          <Button size="sm" look="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? t('data.hide') : t('data.show')}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <section tabIndex={0} aria-label={name} className="max-h-64 overflow-auto rounded bg-sunken px-3 py-2 text-[12.5px]">
        <pre className="whitespace-pre-wrap">{shown ? (encoded ? decode(text) : text) : '••••••••'}</pre>
      </section>
    </li>
  );
}

function decode(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
