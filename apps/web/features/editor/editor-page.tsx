'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/feedback.tsx';

/** CodeMirror and the YAML parser come only when the editor is opened; neither can run on the server. */
export const EditorPage = dynamic(() => import('./workbench.tsx'), { ssr: false, loading: () => <Skeleton rows={12} /> });
