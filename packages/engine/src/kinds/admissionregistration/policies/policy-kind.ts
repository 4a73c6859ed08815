import { ageColumn, integer, nameColumn, text } from '../../cells/standard.ts';
import { type Configuration, configurationKind } from '../configuration-kind.ts';
import { defaults } from './defaults.ts';

type Effect = 'validation' | 'mutation';

/** A policy, by what its rules do. Models printValidatingAdmissionPolicy and its mutating twin in pkg/printers/internalversion/printers.go. */
export function policyKind(effect: Effect, names: Pick<Configuration, 'kind' | 'plural' | 'validate'>) {
  const rules = `${effect}s`;
  const title = `${rules.charAt(0).toUpperCase()}${rules.slice(1)}`;
  return configurationKind({
    ...names,
    defaults,
    columns: [
      nameColumn,
      integer(title, `${title} indicates the number of ${effect} rules defined in this configuration`, ({ spec }) => spec?.[rules]?.length ?? 0),
      text('ParamKind', 'ParamKind specifies the kind of resources used to parameterize this policy', ({ spec }) =>
        spec?.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : '<unset>',
      ),
      ageColumn,
    ],
  });
}
