import type { ReactNode } from 'react';
import { Shell } from '#features/shell/shell.tsx';

export default async function Layout({ children, params }: { children: ReactNode; params: Promise<{ id: string }> }) {
  const { id } = await params;
  const transport = process.env.VIVAKUBE_WATCH === 'websocket' ? 'websocket' : 'fetch';
  return (
    <Shell id={decodeURIComponent(id)} transport={transport}>
      {children}
    </Shell>
  );
}
