'use client';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Problem } from './documents.ts';

const colors = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--info)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.meta, color: 'var(--accent)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'light-dark(#d6d4fc, #34387d)',
  },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.cm-diagnostic': { fontFamily: 'var(--font-code)', fontSize: '12.5px' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--sunken)', borderColor: 'var(--line)', color: 'var(--muted)' },
});

export interface CodeEditorProps {
  initial: string;
  label: string;
  problems: readonly Problem[];
  reveal: { line: number } | undefined;
  onChange: (text: string) => void;
  onDryRun: () => void;
  onApply: () => void;
}

/** The text belongs to the editor; it is read through onChange and never written from outside while open. */
export default function CodeEditor(props: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; a new source is a new key
  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({ parent: host.current, state: EditorState.create({ doc: props.initial, extensions: extensionsFor(latest) }) });
    view.current = editor;
    return () => editor.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, props.problems)));
  }, [props.problems]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || !props.reveal) return;
    const line = editor.state.doc.line(Math.min(props.reveal.line, editor.state.doc.lines));
    editor.dispatch({
      selection: { anchor: line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0) },
      effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
    });
    editor.focus();
  }, [props.reveal]);
  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function extensionsFor(latest: { current: CodeEditorProps }) {
  return [
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    syntaxHighlighting(colors),
    yaml(),
    look,
    EditorView.contentAttributes.of({ 'aria-label': latest.current.label }),
    keymap.of([
      { key: 'Mod-Shift-Enter', run: command(() => latest.current.onDryRun()) },
      { key: 'Mod-Enter', run: command(() => latest.current.onApply()) },
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...searchKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => update.docChanged && latest.current.onChange(update.state.doc.toString())),
  ];
}

/** A CodeMirror command that always claims its key. */
function command(run: () => void): () => boolean {
  return () => {
    run();
    return true;
  };
}

function diagnosticsOf(state: EditorState, problems: readonly Problem[]): Diagnostic[] {
  return problems
    .map((problem): Diagnostic => {
      const line = state.doc.line(Math.max(1, Math.min(problem.line, state.doc.lines)));
      const indent = /^\s*(?:- )*/.exec(line.text)?.[0].length ?? 0;
      return { from: Math.min(line.from + indent, line.to), to: line.to, severity: problem.severity, message: problem.message };
    })
    .sort((a, b) => a.from - b.from);
}
