'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNamespace } from '#features/shell/namespace.tsx';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { PageHead } from '#ui/panel.tsx';
import { Picker } from '#ui/picker.tsx';
import { useToast } from '#ui/toast.tsx';
import { applyAll, type Outcome } from './apply.ts';
import CodeEditor from './code-editor.tsx';
import { DocumentList } from './document-list.tsx';
import { type Problem, readManifests } from './documents.ts';
import { writeDraft } from './drafts.ts';
import { Outcomes } from './outcomes.tsx';
import { ProblemList } from './problem-list.tsx';
import { problemsOf, warningProblem } from './problems.ts';
import { templates } from './templates.ts';
import type { Source } from './use-source.ts';

const draftDelayMs = 400;

/** One text being edited: its documents, the server's opinion of them, and applying them. */
export function Session({ source }: { source: Source }) {
  const t = useT();
  const toast = useToast();
  const { store, resources, rediscover } = useCluster();
  const defaultNamespace = useNamespace() ?? 'default';
  const [initial, setInitial] = useState({ text: source.text, version: 0 });
  const [text, setText] = useState(source.text);
  const [run, setRun] = useState<{ dryRun: boolean; outcomes: Outcome[] }>();
  const [busy, setBusy] = useState(false);
  const [reveal, setReveal] = useState<{ line: number }>();
  const { manifests, problems: syntax } = useMemo(() => readManifests(text), [text]);
  const originals = useMemo(() => readManifests(source.original).manifests, [source]);
  const saved = useRef(source.text);
  const problems = useMemo(() => [...syntax, ...serverProblems(run?.outcomes ?? [])], [syntax, run]);

  useEffect(() => {
    if (text === saved.current) return;
    const timer = setTimeout(() => {
      saved.current = text;
      writeDraft(source.key, text === source.original ? undefined : text);
    }, draftDelayMs);
    return () => clearTimeout(timer);
  }, [text, source]);

  const submit = useCallback(
    async (dryRun: boolean, force = false) => {
      if (!resources || busy) return;
      const read = readManifests(text);
      if (read.problems.length > 0 || read.manifests.length === 0) return setReveal({ line: read.problems[0]?.line ?? 1 });
      setBusy(true);
      const outcomes = await applyAll(store.client, resources, read.manifests, { dryRun, force, defaultNamespace });
      setRun({ dryRun, outcomes });
      setBusy(false);
      if (dryRun) return;
      if (outcomes.some((outcome) => outcome.resource?.kind === 'CustomResourceDefinition')) rediscover();
      const failed = outcomes.filter((outcome) => outcome.error).length;
      if (failed > 0) return;
      writeDraft(source.key, undefined);
      toast({ tone: 'ok', text: t('editor.applied', { count: outcomes.length }) });
    },
    [resources, busy, text, store, defaultNamespace, rediscover, source, toast, t],
  );

  const replaceText = (next: string) => {
    setInitial(({ version }) => ({ text: next, version: version + 1 }));
    setText(next);
    setRun(undefined);
  };
  const change = useCallback((next: string) => {
    setText(next);
    setRun(undefined);
  }, []);
  return (
    <>
      <PageHead
        title={t('editor.title')}
        sub={<span role="status">{text === source.original ? t('editor.namespace', { namespace: defaultNamespace }) : t('editor.draft')}</span>}
      >
        <Picker
          label={t('editor.templates')}
          choices={templates.map(({ id, title }) => ({ value: id, label: title }))}
          onPick={(id) => replaceText(templates.find((each) => each.id === id)?.text ?? '')}
          size="md"
        >
          {t('editor.templates')}
        </Picker>
        {text !== source.original && <Button onClick={() => replaceText(source.original)}>{t('editor.reset')}</Button>}
        <Button disabled={busy} onClick={() => void submit(true)} title="Ctrl+Shift+Enter" aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter">
          <Icon name="diff" />
          {t('editor.dryRun')}
        </Button>
        <Button look="primary" disabled={busy} onClick={() => void submit(false)} title="Ctrl+Enter" aria-keyshortcuts="Control+Enter Meta+Enter">
          <Icon name="check" />
          {t('editor.apply')}
        </Button>
      </PageHead>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <section
          aria-label={t('editor.title')}
          className="flex h-[min(44rem,calc(100dvh-9.5rem))] min-h-72 flex-col overflow-hidden rounded-lg border border-line bg-panel max-xl:h-[55dvh]"
        >
          {manifests.length > 1 && <DocumentList manifests={manifests} problems={problems} onOpen={(line) => setReveal({ line })} />}
          <CodeEditor
            key={initial.version}
            initial={initial.text}
            label={t('editor.text')}
            problems={problems}
            reveal={reveal}
            onChange={change}
            onDryRun={() => void submit(true)}
            onApply={() => void submit(false)}
          />
          <p className="border-t border-line px-3 py-1 text-xs text-muted">{t('editor.escape')}</p>
        </section>
        <div className="grid min-w-0 content-start gap-4">
          <ProblemList problems={problems} onOpen={(line) => setReveal({ line })} />
          <Outcomes run={run} originals={originals} busy={busy} onForce={() => void submit(run?.dryRun ?? true, true)} />
        </div>
      </div>
    </>
  );
}

function serverProblems(outcomes: readonly Outcome[]): Problem[] {
  return outcomes.flatMap((outcome) => [
    ...(outcome.error ? problemsOf(outcome.error, outcome.manifest) : []),
    ...outcome.warnings.map((warning) => warningProblem(warning, outcome.manifest)),
  ]);
}
