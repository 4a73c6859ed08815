import type { FileKeySelector } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { EnvSource } from './env.ts';
import { writtenTo } from './volume-data.ts';

const LINE = /^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(?:'([^']*)'|"([^"]*)"|(.*?))\s*$/;

/** A variable out of a file that a container before has left in an emptyDir volume. Models the EnvFiles of pkg/kubelet. */
export function fileVariable(
  source: EnvSource,
  { volumeName, path, key, optional }: FileKeySelector,
  at: Instant,
): { value?: string; problem?: string } {
  const volume = source.pod.spec.volumes?.find((v) => v.name === volumeName);
  const text = volume && writtenTo(source, volume).findLast((w) => w.path === path && w.at <= at)?.text;
  for (const line of (text ?? '').split('\n')) {
    const [, name, single, double, plain] = LINE.exec(line) ?? [];
    if (name === key) return { value: single ?? double ?? plain ?? '' };
  }
  return optional ? {} : { problem: `environment variable key "${key}" not found in file "${path}"` };
}
