import Link from 'next/link';
import { Logo } from '#features/shell/logo.tsx';
import { LocaleSwitch, ThemeSwitch } from '#features/shell/switches.tsx';
import type { Messages } from '#i18n/messages.ts';
import { CommandLine } from '#ui/copy.tsx';
import { Mark } from '#ui/status.tsx';
import { MyClusters } from './my-clusters.tsx';
import { StartButton } from './start-button.tsx';
import { Transcript } from './transcript.tsx';

export function Landing({ m, origin }: { m: Messages; origin: string }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5">
      <header className="flex items-center justify-between gap-3 py-4">
        <Logo />
        <div className="flex items-center gap-2">
          <Link href="/docs/limits" className="rounded px-2 py-1.5 text-[13px] text-muted hover:text-text">
            {m['docs.limits']}
          </Link>
          <LocaleSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main className="grid flex-1 content-start gap-12 pt-8 pb-16 lg:pt-16">
        <div className="grid items-center gap-10 lg:grid-cols-[1.05fr_1fr]">
          <div className="grid min-w-0 gap-6">
            <h1 className="text-4xl leading-[1.12] font-bold tracking-tight text-balance sm:text-5xl">{m['landing.title']}</h1>
            <p className="max-w-prose text-base text-muted">{m['landing.lead']}</p>
            <StartButton />
            <p className="text-[13px] text-muted">{m['landing.noAccount']}</p>
            <noscript>
              <p className="rounded-lg border border-line bg-panel p-3">{m['landing.noScript']}</p>
            </noscript>
          </div>
          <Transcript label={m['landing.transcript']} />
        </div>
        <MyClusters />
        <section aria-labelledby="terminal" className="grid gap-3">
          <h2 id="terminal" className="text-base font-semibold">
            {m['landing.fromTerminal']}
          </h2>
          <CommandLine
            command={`curl -sX POST -H 'Accept: application/yaml' ${origin}/api/sandboxes > viva.yaml && kubectl --kubeconfig viva.yaml get nodes`}
          />
        </section>
        <div className="grid gap-6 sm:grid-cols-3">
          {(['real', 'idle', 'honest'] as const).map((point) => (
            <section key={point} className="grid content-start gap-1.5">
              <h2 className="flex items-center gap-2 font-semibold">
                <Mark tone={point === 'honest' ? 'info' : 'ok'} />
                {m[`landing.${point}.title`]}
              </h2>
              <p className="text-[13px] text-muted">{m[`landing.${point}.text`]}</p>
            </section>
          ))}
        </div>
      </main>
    </div>
  );
}
