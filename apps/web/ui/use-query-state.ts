'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** One field of the URL's query as state; the page is not fetched again when it changes. */
export function useQueryState(name: string): [string, (value: string) => void] {
  const query = useSearchParams();
  const pathname = usePathname();
  const set = useCallback(
    (value: string) => {
      const next = new URLSearchParams(location.search);
      if (value) next.set(name, value);
      else next.delete(name);
      const text = next.toString();
      history.replaceState(null, '', text ? `${pathname}?${text}` : pathname);
    },
    [name, pathname],
  );
  return [query.get(name) ?? '', set];
}
