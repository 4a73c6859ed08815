import { type CelType, compile, type Declarations, DYN } from '../cel/index.ts';
import { apiVersionOf, type KindDefinition } from '../kind.ts';
import type { Registry } from '../registry.ts';
import { policyDeclarations } from './declarations.ts';
import { typeOfKind } from './kind-types.ts';
import type { PolicySpec } from './types.ts';

/** Models maxTypesToCheck. */
const KINDS_MAX = 10;

export interface ExpressionWarning {
  fieldRef: string;
  warning: string;
}

/** The kinds that a policy names; stars name none. */
function kindsToCheck({ matchConstraints }: PolicySpec, registry: Registry): KindDefinition[] {
  const found = new Set<KindDefinition>();
  for (const { apiGroups = [], apiVersions = [], resources = [] } of matchConstraints?.resourceRules ?? []) {
    for (const group of apiGroups) {
      for (const version of apiVersions) {
        for (const resource of resources) {
          const kind = registry.forPath(group, version, resource);
          if (kind && found.size < KINDS_MAX) found.add(kind);
        }
      }
    }
  }
  return [...found].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const nameOf = (kind: KindDefinition): string => `${apiVersionOf(kind)}, Kind=${kind.kind}`;

const named = (spec: PolicySpec): [fieldRef: string, source: string | undefined][] => [
  ...(spec.variables ?? []).map(({ expression }, i): [string, string] => [`spec.variables[${i}].expression`, expression]),
  ...(spec.validations ?? []).flatMap(({ expression, messageExpression }, i): [string, string | undefined][] => [
    [`spec.validations[${i}].expression`, expression],
    [`spec.validations[${i}].messageExpression`, messageExpression],
  ]),
];

/** What the expressions of a policy say of fields that the kinds do not have. Models typechecking.go of k8s.io/apiserver/pkg/admission/plugin/policy/validating. */
export function typeCheck(spec: PolicySpec, registry: Registry): ExpressionWarning[] {
  const kinds = kindsToCheck(spec, registry);
  const paramKind = spec.paramKind && registry.forKind(spec.paramKind.apiVersion ?? '', spec.paramKind.kind ?? '');
  const variables = new Map<string, CelType>((spec.variables ?? []).map(({ name }) => [name, DYN]));
  const general = policyDeclarations({ hasParams: spec.paramKind !== undefined, variables });
  const params = paramKind && typeOfKind(paramKind);
  const declarationsFor = (kind: KindDefinition): Declarations => {
    const object = typeOfKind(kind);
    return {
      get: (name) => (name === 'object' || name === 'oldObject' ? object : name === 'params' ? (params ?? general.get(name)) : general.get(name)),
    };
  };
  const about = (source: string): string[] =>
    kinds.flatMap((kind) => {
      const compiled = compile(source, declarationsFor(kind));
      return 'error' in compiled ? [`${nameOf(kind)}: ${compiled.error}`] : [];
    });
  return named(spec).flatMap(([fieldRef, source]) => {
    const warnings = source?.trim() ? about(source) : [];
    return warnings.length > 0 ? [{ fieldRef, warning: warnings.join('\n') }] : [];
  });
}
