'use client';
import { conditionsOf } from '#features/pods/pod-state.ts';
import { useT } from '#i18n/provider.tsx';
import type { Condition, KubeObject } from '#kube/types.ts';
import { Age } from '#ui/age.tsx';
import { Panel } from '#ui/panel.tsx';
import { Status, type Tone } from '#ui/status.tsx';

/** Conditions whose True is the bad news. */
const bad = /Pressure|Unavailable|Failure|Failed|Disrupt|NamespaceDeletion|NamespaceContent|NamespaceFinalizers/;

export function Conditions({ object }: { object: KubeObject }) {
  const t = useT();
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return null;
  return (
    <Panel title={t('detail.conditions')} flush>
      <ul className="divide-y divide-line/70">
        {conditions.map((condition) => (
          <li
            key={condition.type}
            className="grid items-start gap-x-4 gap-y-0.5 px-4 py-2 text-[13px] sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_5rem]"
          >
            <Status tone={toneOf(condition)}>
              <span className="break-all whitespace-normal">
                {condition.type}: {condition.status}
              </span>
            </Status>
            <span className="min-w-0 break-words">
              {condition.reason && <span className="font-medium">{condition.reason}</span>}
              {condition.message && <span className="text-muted"> {condition.message}</span>}
            </span>
            <span className="text-muted sm:text-right">
              <Age since={condition.lastTransitionTime} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function toneOf(condition: Condition): Tone {
  if (condition.status === 'Unknown') return 'warn';
  const good = bad.test(condition.type) ? condition.status === 'False' : condition.status === 'True';
  if (good) return 'ok';
  return bad.test(condition.type) ? 'bad' : 'warn';
}
