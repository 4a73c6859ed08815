import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { defineController, type Reconcile, self } from '../../machinery/controller.ts';
import { textOfSecret } from '../../machinery/identity/base64.ts';
import { readCertificate } from '../../machinery/pki/certificate.ts';
import { DerError } from '../../machinery/pki/der.ts';
import { readPem } from '../../machinery/pki/pem.ts';
import { CERTIFICATE_REQUESTS, conditionOf } from '../shared/certificate-requests.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';

// Models pkg/controller/certificates/cleaner.
const POLL_MS = 3_600_000;
const SETTLED_MS = 3_600_000;
const PENDING_MS = 24 * 3_600_000;

const after = (time: string | undefined, ms: number): Instant => {
  const at = parseRfc3339(time ?? '');
  return at === undefined ? Number.POSITIVE_INFINITY : at + ms;
};

function certificateEnd(certificate: string | undefined): Instant {
  const block = certificate === undefined ? undefined : readPem(textOfSecret(certificate));
  if (!block) return Number.POSITIVE_INFINITY;
  try {
    return readCertificate(block.bytes).notAfter;
  } catch (error) {
    // Another signer may have written anything.
    if (error instanceof DerError || error instanceof TypeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** From when on a request is rubbish; infinity where it never is. */
export function rubbishAt(asked: KubeObject): Instant {
  const { certificate, conditions = [] } = asked.status ?? {};
  const approved = conditionOf(asked, 'Approved');
  return Math.min(
    conditions.length === 0 ? after(asked.metadata.creationTimestamp, PENDING_MS) : Number.POSITIVE_INFINITY,
    after(conditionOf(asked, 'Denied')?.lastUpdateTime, SETTLED_MS),
    after(conditionOf(asked, 'Failed')?.lastUpdateTime, SETTLED_MS),
    approved && certificate ? Math.min(after(approved.lastUpdateTime, SETTLED_MS), certificateEnd(certificate)) : Number.POSITIVE_INFINITY,
  );
}

/** The cleaner looks once an hour, counted from when the cluster was started. */
function pollAfter(view: View, at: Instant): Instant {
  const system = view.get(objectKey('core/namespaces', '', 'kube-system'));
  const first = parseRfc3339(system?.metadata.creationTimestamp ?? '') ?? 0;
  return first + (Math.floor((at - first) / POLL_MS) + 1) * POLL_MS;
}

function reconcile({ key, view, now, api }: Reconcile): Instant | undefined {
  const asked = view.get(key);
  const at = asked && rubbishAt(asked);
  if (at === undefined || at === Number.POSITIVE_INFINITY) return undefined;
  const looksAt = pollAfter(view, at);
  if (looksAt > now) return looksAt;
  api.delete(key);
  return undefined;
}

export const csrCleanerController = defineController({
  name: 'csrcleaner',
  component: 'certificate-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(CERTIFICATE_REQUESTS)],
  reconcile,
});
