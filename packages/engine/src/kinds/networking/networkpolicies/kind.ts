import { defineKind } from '../../../machinery/kind.ts';
import { labelSelectorText } from '../../cells/selector-text.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

const SELECTOR_DESCRIPTION =
  "podSelector selects the pods to which this NetworkPolicy object applies. The array of rules is applied to any pods selected by this field. An empty selector matches all pods in the policy's namespace. Multiple network policies can select the same set of pods. In this case, the ingress rules for each are combined additively. This field is optional. If it is not specified, it defaults to an empty selector.";

export const networkPolicy = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  scope: 'Namespaced',
  schema: 'networking.v1.NetworkPolicy',
  generation: true,
  defaults,
  validate,
  validateUpdate,
  warnings,
  // Models printNetworkPolicy in pkg/printers/internalversion/printers.go.
  columns: [nameColumn, text('Pod-Selector', SELECTOR_DESCRIPTION, ({ spec }) => labelSelectorText(spec?.podSelector)), ageColumn],
  exactColumns: true,
});
