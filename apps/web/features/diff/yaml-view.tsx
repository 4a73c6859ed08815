'use client';
import { YamlLine } from './yaml-line.tsx';

export function YamlView({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
    <section tabIndex={0} aria-label={label} className="max-h-[70dvh] overflow-auto py-2 font-mono text-[12.5px] leading-5">
      {text.split('\n').map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text
        <div key={i} className="flex min-w-max whitespace-pre">
          <span aria-hidden="true" className="tnum w-12 shrink-0 pr-3 text-right text-muted select-none">
            {i + 1}
          </span>
          <code className="pr-4 text-[12.5px]">
            <YamlLine text={line} />
          </code>
        </div>
      ))}
    </section>
  );
}
