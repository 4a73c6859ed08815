import { defineController, self } from '../../machinery/controller.ts';
import { typeCheck } from '../../machinery/policy/type-check.ts';

const POLICIES = { group: 'admissionregistration.k8s.io', version: 'v1', plural: 'validatingadmissionpolicies', kind: 'ValidatingAdmissionPolicy' };

/** Models pkg/controller/validatingadmissionpolicystatus. */
export const validatingAdmissionPolicyStatusController = defineController({
  name: 'validatingadmissionpolicystatus',
  component: 'validatingadmissionpolicy-status-controller',
  manager: 'kube-controller-manager',
  watches: [self(POLICIES)],
  reconcile: ({ key, view, api, registry }) => {
    const policy = view.get(key);
    if (!policy || policy.status?.observedGeneration === policy.metadata.generation) return;
    const expressionWarnings = typeCheck(policy.spec, registry);
    const typeChecking = expressionWarnings.length > 0 ? { expressionWarnings } : {};
    api.updateStatus({ ...policy, status: { ...policy.status, observedGeneration: policy.metadata.generation, typeChecking } });
  },
});
