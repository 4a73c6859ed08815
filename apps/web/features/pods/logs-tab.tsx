'use client';
import { useEffect, useRef, useState } from 'react';
import type { TabProps } from '#features/detail/facets.ts';
import { useT } from '#i18n/provider.tsx';
import { statusOf } from '#kube/error.ts';
import { useClient } from '#kube/hooks.tsx';
import { linesOf } from '#kube/lines.ts';
import { pathOf } from '#kube/resource.ts';
import type { KubeStatus } from '#kube/types.ts';
import { ServerError } from '#ui/feedback.tsx';
import { Panel } from '#ui/panel.tsx';

const linesMax = 2_000;

/** Follows the log of one container. */
export default function LogsTab({ resource, object }: TabProps) {
  const t = useT();
  const client = useClient();
  const containers = ((object.spec?.containers ?? []) as { name: string }[]).map((container) => container.name);
  const [container, setContainer] = useState(containers[0] ?? '');
  const [previous, setPrevious] = useState(false);
  const [lines, setLines] = useState<string[]>();
  const [error, setError] = useState<KubeStatus>();
  const box = useRef<HTMLElement>(null);
  const { name, namespace } = object.metadata;
  useEffect(() => {
    const aborter = new AbortController();
    setLines(undefined);
    setError(undefined);
    const read = async () => {
      const path = `${pathOf(resource, namespace, name)}/log?container=${encodeURIComponent(container)}&tailLines=500${previous ? '&previous=true' : '&follow=true'}`;
      const response = await client.fetch(path, { accept: '*/*', signal: aborter.signal });
      setLines([]);
      if (!response.body) return;
      for await (const more of linesOf(response.body)) setLines((all) => [...(all ?? []), ...more].slice(-linesMax));
    };
    read().catch((failure: unknown) => !aborter.signal.aborted && setError(statusOf(failure)));
    return () => aborter.abort();
  }, [client, resource, namespace, name, container, previous]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are the reason to scroll
  useEffect(() => {
    const view = box.current;
    if (view && view.scrollHeight - view.scrollTop - view.clientHeight < 120) view.scrollTop = view.scrollHeight;
  }, [lines]);
  return (
    <Panel
      flush
      title={t('tab.logs')}
      actions={
        <span className="flex flex-wrap items-center gap-3 text-[13px]">
          <label className="flex items-center gap-1.5 text-muted">
            <input
              type="checkbox"
              checked={previous}
              onChange={(event) => setPrevious(event.target.checked)}
              className="size-4 accent-accent-strong"
            />
            {t('logs.previous')}
          </label>
          <select
            aria-label={t('logs.container')}
            value={container}
            onChange={(event) => setContainer(event.target.value)}
            className="h-7 rounded-md border border-line-strong/60 bg-panel px-2 max-sm:h-10"
          >
            {containers.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </span>
      }
    >
      {error && (
        <div className="p-3">
          <ServerError status={error} />
        </div>
      )}
      <section
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
        tabIndex={0}
        aria-label={t('tab.logs')}
        className="h-[55dvh] overflow-auto rounded-b-lg bg-[#0e1116] p-3 text-[12.5px] leading-5 text-[#e8ebf0]"
      >
        <pre className="whitespace-pre-wrap">{lines?.length === 0 ? t('logs.empty') : lines?.join('\n')}</pre>
      </section>
    </Panel>
  );
}
