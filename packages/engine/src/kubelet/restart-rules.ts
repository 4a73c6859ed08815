import type { Container, ContainerRestartRule } from '@vivakube/schema/types/core.v1';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { ContainerState } from './state.ts';

/** The first of a container's own rules that has a word on an exit code. Models findMatchingContainerRestartRule in pkg/api/v1/pod. */
export const matchingRule = ({ restartPolicyRules }: Container, exitCode: number): ContainerRestartRule | undefined =>
  restartPolicyRules?.find(({ exitCodes }) => exitCodes && (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === 'In'));

/** Whether a container that ended is to run again. Models ContainerShouldRestart and the rules for init containers. */
export function shouldRestart(pod: PodObject, container: ContainerState, spec: Container, exitCode: number): boolean {
  if (container.role === 'sidecar') return true;
  if (container.role === 'ephemeral') return false;
  if (container.role === 'init' && exitCode === 0) return false;
  if (spec.restartPolicy && matchingRule(spec, exitCode)) return true;
  const policy = spec.restartPolicy ?? pod.spec.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}
