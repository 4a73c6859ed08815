import { goQuote } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';

/** Go's name of a field: `nodeName` is NodeName, `hostIP` is HostIP. */
const goFieldName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function goValue(value: unknown): string {
  if (value === undefined || value === null) return 'nil';
  if (typeof value === 'string') return goQuote(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A struct's changed fields, laid out as go-cmp prints them: enough to see what was changed, one field a line. */
export function structDifference(typeName: string, before: Part, after: Part): string {
  const lines = [`  ${typeName}{`];
  let identical = 0;
  const flush = () => {
    if (identical > 0) lines.push(`  \t... // ${identical} identical field${identical === 1 ? '' : 's'}`);
    identical = 0;
  };
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (semanticEqual(before[field], after[field])) {
      identical++;
      continue;
    }
    flush();
    lines.push(`- \t${goFieldName(field)}: ${goValue(before[field])},`, `+ \t${goFieldName(field)}: ${goValue(after[field])},`);
  }
  flush();
  return `${[...lines, '  }'].join('\n')}\n`;
}
