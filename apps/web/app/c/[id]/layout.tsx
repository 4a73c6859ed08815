import type { ReactNode } from 'react';
import { Shell } from '#features/shell/shell.tsx';

export default async function Layout({ children, params }: { children: ReactNode; params: Promise<{ id: string }> }) {
  const { id } = await params;
  // A host without WebSockets (a function, some proxies) streams watches over HTTP instead.
  const transport = process.env.VIVAKUBE_WATCH === 'fetch' ? 'fetch' : 'websocket';
  return (
    <Shell id={decodeURIComponent(id)} transport={transport}>
      {children}
    </Shell>
  );
}
