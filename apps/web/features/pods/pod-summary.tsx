'use client';
import type { TabProps } from '#features/detail/facets.ts';
import { useT } from '#i18n/provider.tsx';
import type { KubeObject } from '#kube/types.ts';
import { Notice } from '#ui/feedback.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { Status } from '#ui/status.tsx';
import { type ContainerStatus, containerTone, statusesOf, waitingReason } from './pod-state.ts';

interface Container {
  name: string;
  image?: string;
  ports?: { containerPort: number; protocol?: string; name?: string }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
}

export default function PodSummary({ object }: TabProps) {
  const t = useT();
  const waiting = waitingReason(object);
  const groups = [
    { title: t('pods.initContainers'), containers: containersOf(object, 'initContainers'), statuses: statusesOf(object, 'initContainerStatuses') },
    { title: t('pods.containers'), containers: containersOf(object, 'containers'), statuses: statusesOf(object, 'containerStatuses') },
  ].filter((group) => group.containers.length > 0);
  return (
    <>
      {waiting && (
        <Notice live tone={waiting.bad ? 'bad' : 'progress'} title={t('pods.why', { reason: waiting.reason })}>
          {waiting.message && <p className="font-mono text-[12.5px]">{waiting.message}</p>}
          <p className="mt-1 text-text/80">{t(hintOf(waiting.reason))}</p>
        </Notice>
      )}
      {groups.map((group) => (
        <Panel key={group.title} title={group.title} flush>
          <ul className="divide-y divide-line/70">
            {group.containers.map((container) => (
              <ContainerRow key={container.name} container={container} status={group.statuses.find((status) => status.name === container.name)} />
            ))}
          </ul>
        </Panel>
      ))}
    </>
  );
}

function ContainerRow({ container, status }: { container: Container; status: ContainerStatus | undefined }) {
  const t = useT();
  const { tone, word, message } = containerTone(status);
  const last = status?.lastState?.terminated;
  const requests = pairs(container.resources?.requests);
  const limits = pairs(container.resources?.limits);
  return (
    <li className="grid gap-3 px-4 py-3 md:grid-cols-[14rem_1fr]">
      <div className="grid content-start gap-1">
        <span className="font-semibold break-all">{container.name}</span>
        <Status tone={tone}>{word}</Status>
        {message && <p className="text-[13px] break-words text-muted">{message}</p>}
      </div>
      <Facts
        items={[
          [
            t('pods.image'),
            <code key="i" className="break-all">
              {container.image}
            </code>,
          ],
          ...(container.ports?.length
            ? [[t('pods.ports'), container.ports.map((port) => `${port.containerPort}/${port.protocol ?? 'TCP'}`).join(', ')] as [string, string]]
            : []),
          ...(requests ? [[t('pods.requests'), requests] as [string, string]] : []),
          ...(limits ? [[t('pods.limits'), limits] as [string, string]] : []),
          [t('pods.restartCount'), String(status?.restartCount ?? 0)],
          ...(last ? [[t('pods.lastState'), `${last.reason ?? ''} (${last.exitCode ?? 0})`] as [string, string]] : []),
        ]}
      />
    </li>
  );
}

function containersOf(pod: KubeObject, field: 'containers' | 'initContainers'): Container[] {
  const containers = pod.spec?.[field];
  return Array.isArray(containers) ? (containers as Container[]) : [];
}

function pairs(values: Record<string, string> | undefined): string {
  return Object.entries(values ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function hintOf(reason: string) {
  if (reason === 'Unschedulable') return 'hint.unschedulable';
  if (/Image/.test(reason)) return 'hint.image';
  if (reason === 'CrashLoopBackOff') return 'hint.crash';
  if (/Config/.test(reason)) return 'hint.config';
  return 'hint.wait';
}
