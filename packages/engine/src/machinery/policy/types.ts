import type { KubeObject } from '../../core/object.ts';
import type { LabelSelectorObject } from '../selector/index.ts';

// The parts of admissionregistration.k8s.io/v1 that policies are made of.
export interface NamedExpression {
  name: string;
  expression: string;
}

export interface Validation {
  expression: string;
  message?: string;
  messageExpression?: string;
  reason?: string;
}

export interface Mutation {
  patchType: string;
  applyConfiguration?: { expression: string };
  jsonPatch?: { expression: string };
}

export interface ResourceRule {
  operations?: string[];
  apiGroups?: string[];
  apiVersions?: string[];
  resources?: string[];
  resourceNames?: string[];
  scope?: string;
}

export interface MatchResources {
  resourceRules?: ResourceRule[];
  excludeResourceRules?: ResourceRule[];
  namespaceSelector?: LabelSelectorObject;
  objectSelector?: LabelSelectorObject;
  matchPolicy?: string;
}

export interface PolicySpec {
  paramKind?: { apiVersion?: string; kind?: string };
  matchConstraints?: MatchResources;
  matchConditions?: NamedExpression[];
  variables?: NamedExpression[];
  validations?: Validation[];
  mutations?: Mutation[];
  auditAnnotations?: { key: string; valueExpression: string }[];
  failurePolicy?: string;
  reinvocationPolicy?: string;
}

export interface BindingSpec {
  policyName: string;
  paramRef?: { name?: string; namespace?: string; selector?: LabelSelectorObject; parameterNotFoundAction?: string };
  matchResources?: MatchResources;
  validationActions?: string[];
}

export type Policy = KubeObject & { spec: PolicySpec };
export type Binding = KubeObject & { spec: BindingSpec };
