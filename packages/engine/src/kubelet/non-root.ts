import type { ContainerState } from './state.ts';
import type { PodSync } from './sync.ts';
import { specOf } from './sync.ts';

/** Why a container must not be created that is not to run as root. Models verifyRunAsNonRoot in pkg/kubelet/kuberuntime/security_context.go. */
export function rootProblem(sync: PodSync, container: ContainerState): string | undefined {
  const { metadata, spec } = sync.pod;
  const own = specOf(sync, container);
  if (!(own.securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot)) return undefined;
  const where = `(pod: "${metadata.name}_${metadata.namespace}(${metadata.uid})", container: ${container.name})`;
  const asked = own.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  if (asked !== undefined) return asked === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  const answer = sync.images.pull(own.image ?? '');
  return answer.type === 'image' && answer.image.uid === 0 ? `container has runAsNonRoot and image will run as root ${where}` : undefined;
}
