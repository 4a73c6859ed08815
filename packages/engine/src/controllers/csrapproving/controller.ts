import { toRfc3339 } from '../../core/instant.ts';
import { decide } from '../../machinery/authorize.ts';
import { defineController, type Reconcile, self } from '../../machinery/controller.ts';
import { textOfSecret } from '../../machinery/identity/base64.ts';
import { readRequest } from '../../machinery/pki/request.ts';
import { CERTIFICATE_REQUESTS, conditionOf, KUBELET_CLIENT_SIGNER, kubeletClientProblem } from '../shared/certificate-requests.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';

const SELF = { subresource: 'selfnodeclient', message: 'Auto approving self kubelet client certificate after SubjectAccessReview.' };
const NODE = { subresource: 'nodeclient', message: 'Auto approving kubelet client certificate after SubjectAccessReview.' };

/** Kubelets get their client certificates without a person's word, if their group may have them. Models pkg/controller/certificates/approver. */
function reconcile({ key, view, now, api }: Reconcile): void {
  const asked = view.get(key);
  if (!asked || asked.status?.certificate || conditionOf(asked, 'Approved') || conditionOf(asked, 'Denied')) return;
  const { spec } = asked;
  if (spec.signerName !== KUBELET_CLIENT_SIGNER) return;
  const request = readRequest(textOfSecret(spec.request));
  if ('problem' in request || kubeletClientProblem(request, spec.usages) !== undefined) return;
  const user = { username: spec.username ?? '', groups: spec.groups ?? [] };
  const { group, plural: resource } = CERTIFICATE_REQUESTS;
  const ways = request.subject.commonName === user.username ? [SELF, NODE] : [NODE];
  const way = ways.find(({ subresource }) => decide(view, user, { verb: 'create', group, resource, subresource, namespace: '', name: '' }).allowed);
  if (!way) return;
  const approved = { type: 'Approved', status: 'True', reason: 'AutoApproved', message: way.message, lastUpdateTime: toRfc3339(now) };
  api.update({ ...asked, status: { ...asked.status, conditions: [...(asked.status?.conditions ?? []), approved] } }, 'approval');
}

export const csrApprovingController = defineController({
  name: 'csrapproving',
  component: 'certificate-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(CERTIFICATE_REQUESTS)],
  reconcile,
});
