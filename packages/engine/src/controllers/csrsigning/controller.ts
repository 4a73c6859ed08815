import { toRfc3339 } from '../../core/instant.ts';
import { defineController, type Reconcile, self } from '../../machinery/controller.ts';
import { secretText, textOfSecret } from '../../machinery/identity/base64.ts';
import { authorityOf } from '../../machinery/pki/authority.ts';
import { writePem } from '../../machinery/pki/pem.ts';
import { type CertificateRequest, readRequest } from '../../machinery/pki/request.ts';
import {
  CERTIFICATE_REQUESTS,
  CLIENT_SIGNER,
  conditionOf,
  KUBELET_CLIENT_SIGNER,
  KUBELET_SERVING_SIGNER,
  kubeletClientProblem,
  kubeletServingProblem,
} from '../shared/certificate-requests.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';

type Rule = (request: CertificateRequest, usages: readonly string[]) => string | undefined;

const OPTIONAL_USAGES = ['digital signature', 'key encipherment'];

const clientProblem: Rule = (_request, usages) => {
  const strange = usages.find((usage) => usage !== 'client auth' && !OPTIONAL_USAGES.includes(usage));
  if (strange !== undefined) return `invalid usage for client certificate: ${strange}`;
  return usages.includes('client auth') ? undefined : 'missing required usage for client certificate: client auth';
};

/** The signers that are part of a cluster, each with what it refuses. */
const RULES = new Map<string, Rule>([
  [CLIENT_SIGNER as string, clientProblem],
  [KUBELET_CLIENT_SIGNER as string, kubeletClientProblem],
  [KUBELET_SERVING_SIGNER as string, kubeletServingProblem],
  ['kubernetes.io/legacy-unknown', () => undefined],
]);

// Models handle in pkg/controller/certificates/signer/signer.go.
function reconcile({ key, view, now, api }: Reconcile): void {
  const asked = view.get(key);
  if (!asked || asked.status?.certificate || !conditionOf(asked, 'Approved')) return;
  if (conditionOf(asked, 'Denied') || conditionOf(asked, 'Failed')) return;
  const { signerName, usages, expirationSeconds, request: encoded } = asked.spec;
  const rule = RULES.get(signerName);
  const request = rule && readRequest(textOfSecret(encoded));
  if (!rule || !request || 'problem' in request) return;
  const problem = rule(request, usages);
  if (problem === undefined) {
    const bytes = authorityOf(view).sign(request, { usages, expirationSeconds, uid: asked.metadata.uid as string, now });
    api.updateStatus({ ...asked, status: { ...asked.status, certificate: secretText(writePem({ type: 'CERTIFICATE', bytes })) } });
    return;
  }
  const failed = { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message: problem, lastUpdateTime: toRfc3339(now) };
  api.updateStatus({ ...asked, status: { ...asked.status, conditions: [...asked.status.conditions, failed] } });
}

export const csrSigningController = defineController({
  name: 'csrsigning',
  component: 'certificate-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(CERTIFICATE_REQUESTS)],
  reconcile,
});
