import { duplicate, type FieldError, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { validateLabelName } from '../../shared/labels.ts';

interface CheckedTerm {
  /** What the term asks for, in one text that equals another's if they ask for the same. */
  meaning: string;
  errors: FieldError[];
}

function validateRequirement(requirement: Part, path: string): FieldError[] {
  const values: string[] = requirement.values ?? [];
  const errors = values.length === 0 ? [required(`${path}.values`)] : [];
  for (const [i, value] of values.entries()) if (values.indexOf(value) < i) errors.push(duplicate(`${path}.values[${i}]`, value));
  return [...errors, ...validateLabelName(requirement.key, `${path}.key`)];
}

/** Models ValidateTopologySelectorTerm in pkg/apis/core/validation/validation.go. */
function validateTerm(term: Part, path: string): CheckedTerm {
  const values = new Map<string, string[]>();
  const errors: FieldError[] = [];
  for (const [i, requirement] of (term.matchLabelExpressions ?? []).entries()) {
    const at = `${path}.matchLabelExpressions[${i}]`;
    errors.push(...validateRequirement(requirement, at));
    const key = requirement.key ?? '';
    if (values.has(key)) errors.push(duplicate(`${at}.key`, key));
    values.set(key, [...new Set<string>(requirement.values ?? [])].sort());
  }
  return { meaning: JSON.stringify([...values].sort()), errors };
}

const NOTHING = '[]';

/** Models validateAllowedTopologies: a term that asks for nothing counts as a repetition. */
export function validateTopologies(terms: Part[], path: string): FieldError[] {
  const seen = new Set<string>([NOTHING]);
  return terms.flatMap((term, i) => {
    const { meaning, errors } = validateTerm(term, `${path}[${i}]`);
    const repeated = seen.has(meaning) ? [duplicate(`${path}[${i}].matchLabelExpressions`, '')] : [];
    seen.add(meaning);
    return [...errors, ...repeated];
  });
}
