import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';

/** Whether a rule of the container is about this exit. */
function applies({ exitCodes }: Part, exitCode: number): boolean {
  const listed: boolean = (exitCodes?.values ?? []).includes(exitCode);
  return exitCodes !== undefined && (exitCodes.operator === 'In' ? listed : !listed);
}

/** Models ContainerShouldRestart of pkg/api/v1/pod. */
function mayRestart(container: Part | undefined, podPolicy: string, exitCode: number): boolean {
  if (!container) return false;
  if (container.restartPolicy && (container.restartPolicyRules ?? []).some((rule: Part) => applies(rule, exitCode))) return true;
  const policy = container.restartPolicy ?? podPolicy;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Every exit may make all containers start anew. */
const restartsAll = (spec: Part): boolean =>
  [...(spec.containers ?? []), ...(spec.initContainers ?? [])].some((container: Part) =>
    (container.restartPolicyRules ?? []).some(({ action }: Part) => action === 'RestartAllContainers'),
  );

function revived(statuses: Part[] | undefined, before: Part[] | undefined, path: string, allowed: (name: string, exitCode: number) => boolean) {
  return (before ?? []).flatMap((old, i): FieldError[] => {
    const ended = old.state?.terminated;
    if (!ended || allowed(old.name, ended.exitCode ?? 0)) return [];
    const lives = (statuses ?? []).some((status) => status.name === old.name && !status.state?.terminated);
    return lives ? [forbiddenField(`${path}[${i}].state`, 'may not be transitioned to non-terminated state')] : [];
  });
}

/** What ended for good stays ended. Models ValidateContainerStateTransition and its siblings. */
export function validateTransitions(status: Part, before: Part, spec: Part): FieldError[] {
  const anyway = restartsAll(spec);
  const allowedIn =
    (list: string) =>
    (name: string, exitCode: number): boolean =>
      anyway ||
      mayRestart(
        ((spec[list] ?? []) as Part[]).find((container) => container.name === name),
        spec.restartPolicy,
        exitCode,
      );
  const check = (list: string, allowed: (name: string, exitCode: number) => boolean) =>
    revived(status[list], before[list], `status.${list}`, allowed);
  return [
    ...check('containerStatuses', allowedIn('containers')),
    ...check('initContainerStatuses', allowedIn('initContainers')),
    ...check('ephemeralContainerStatuses', () => false),
  ];
}
