import type { KubeObject } from '../../../core/object.ts';
import { ownValue } from '../../shared/fields.ts';

export const APPROVED = 'api-approved.kubernetes.io';
const SEE = 'see https://github.com/kubernetes/enhancements/pull/1111';

export interface Approval {
  state: 'approved' | 'bypassed' | 'invalid' | 'missing';
  message: string;
}

/** What a definition says about its leave to use a group of the project itself; undefined for all other groups. Models GetAPIApprovalState. */
export function approvalOf({ metadata, spec }: KubeObject): Approval | undefined {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(spec?.group ?? '')) return undefined;
  const annotation = ownValue(metadata.annotations, APPROVED);
  if (!annotation) return { state: 'missing', message: `protected groups must have approval annotation "${APPROVED}", ${SEE}` };
  if (annotation.startsWith('unapproved')) return { state: 'bypassed', message: `not approved: ${JSON.stringify(annotation)}` };
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+/i.test(annotation)) return { state: 'approved', message: `approved in ${annotation}` };
  const message = `protected groups must have approval annotation "${APPROVED}" with either a URL or a reason starting with "unapproved", ${SEE}`;
  return { state: 'invalid', message };
}
