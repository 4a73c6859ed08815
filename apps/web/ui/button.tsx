import Link from 'next/link';
import type { ButtonHTMLAttributes, ComponentProps } from 'react';
import { cx } from './cx.ts';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';
type Size = 'sm' | 'md' | 'lg';

const looks: Record<Look, string> = {
  primary: 'bg-accent-strong text-white border-transparent hover:brightness-110 disabled:opacity-55 disabled:hover:brightness-100',
  plain: 'bg-panel text-text border-line-strong/60 hover:bg-hover disabled:text-muted disabled:hover:bg-panel',
  quiet: 'bg-transparent text-text border-transparent hover:bg-hover disabled:text-muted',
  danger: 'bg-[light-dark(#b3202c,#c5323c)] text-white border-transparent hover:brightness-110 disabled:opacity-55',
};
const sizes: Record<Size, string> = {
  sm: 'h-7 px-2 text-[13px] gap-1.5 max-sm:h-9',
  md: 'h-8 px-3 gap-2 max-sm:h-11',
  lg: 'h-12 px-6 text-base gap-2.5',
};

export function buttonClass(look: Look = 'plain', size: Size = 'md', extra?: string): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors',
    looks[look],
    sizes[size],
    extra,
  );
}

export function Button({ look, size, className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; size?: Size }) {
  return <button type="button" {...rest} className={buttonClass(look, size, className)} />;
}

export function LinkButton({ look, size, className, ...rest }: ComponentProps<typeof Link> & { look?: Look; size?: Size }) {
  return <Link {...rest} className={buttonClass(look, size, typeof className === 'string' ? className : undefined)} />;
}

export function IconButton({ label, className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text max-sm:size-10',
        className,
      )}
    />
  );
}
