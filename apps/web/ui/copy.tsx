'use client';
import { useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

/** A command line the user may copy; every change in the dashboard shows the kubectl line that does the same. */
export function CommandLine({ command }: { command: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(command).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line scrolls, and the keyboard must reach it */}
      <code tabIndex={0} className="min-w-0 flex-1 overflow-x-auto py-1 whitespace-pre">
        <span aria-hidden="true" className="text-muted select-none">
          {'$ '}
        </span>
        {command}
      </code>
      <IconButton label={copied ? t('action.copied') : t('action.copy')} onClick={copy}>
        <Icon name={copied ? 'check' : 'copy'} />
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? t('action.copied') : ''}
      </span>
    </div>
  );
}
