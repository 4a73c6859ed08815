import Link from 'next/link';
import type { KubeObject } from '#kube/types.ts';
import { Mark } from '#ui/status.tsx';
import { podTone, podWord } from './pod-state.ts';

/** One shape per pod, oldest first; each is a link that says its name and state. */
export function PodDots({ pods, hrefOf, label }: { pods: readonly KubeObject[]; hrefOf: (pod: KubeObject) => string; label: string }) {
  if (pods.length === 0) return null;
  const sorted = [...pods].sort(
    (a, b) =>
      (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') || a.metadata.name.localeCompare(b.metadata.name),
  );
  return (
    <ul aria-label={label} className="flex flex-wrap">
      {sorted.slice(0, 60).map((pod) => (
        <li key={pod.metadata.uid}>
          <Link
            href={hrefOf(pod)}
            prefetch={false}
            title={`${pod.metadata.name}: ${podWord(pod)}`}
            aria-label={`${pod.metadata.name}: ${podWord(pod)}`}
            className="grid size-6 place-items-center rounded hover:bg-hover"
          >
            <Mark tone={podTone(pod)} className="size-3.5" />
          </Link>
        </li>
      ))}
      {sorted.length > 60 && <li className="self-center text-xs text-muted">+{sorted.length - 60}</li>}
    </ul>
  );
}
