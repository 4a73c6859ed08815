import { aggregateText } from '../field.ts';
import { fieldManagerProblems, forceProblems } from '../managed/index.ts';
import { ApiError } from '../status.ts';
import type { Call } from './context.ts';

const OPTIONS: Readonly<Record<string, string>> = { POST: 'CreateOptions', PUT: 'UpdateOptions', PATCH: 'PatchOptions' };

/** Checks `fieldManager` and `force` of a write. Models ValidatePatchOptions and its siblings in apimachinery's meta/v1/validation. */
export function checkManager({ request }: Call, apply: boolean): void {
  const force = request.query.get('force');
  const problems = [
    ...forceProblems(force === undefined ? undefined : request.query.flag('force'), apply),
    ...fieldManagerProblems(request.query.get('fieldManager'), apply),
  ];
  if (problems.length === 0) return;
  const kind = OPTIONS[request.method] ?? 'PatchOptions';
  const causes = problems.map(({ type, field, body }) => ({ reason: type, message: body, field }));
  throw new ApiError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${aggregateText(problems)}`, { group: 'meta.k8s.io', kind, causes });
}
