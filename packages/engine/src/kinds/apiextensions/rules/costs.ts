import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import { type JsonSchema, valuesOf } from '../schema/types.ts';
import type { CompiledRule } from './compile.ts';
import { REQUEST_BYTES_MAX } from './sizes.ts';

// Models the limits and texts of cost in pkg/apis/apiextensions/validation of k8s.io/apiextensions-apiserver.
const RULE_COST_MAX = 10_000_000;
const SCHEMA_COST_MAX = 100_000_000;
const NAMED_MAX = 4;
const MOST = 2 ** 64;
const ADVICE = 'try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared';

function factorText(factor: number): string {
  if (factor > 100) return 'more than 100x';
  return factor < 1.5 ? `${factor.toFixed(6)}x` : `${factor.toFixed(1)}x`;
}

const exceeds = (what: string, cost: number, limit: number): string => `${what} exceeds budget by factor of ${factorText(cost / limit)} (${ADVICE})`;

/** What the rules of a schema cost together. */
export class TotalCost {
  private total = 0;
  private readonly dearest: { path: string; cost: number }[] = [];

  add(path: string, cost: number): void {
    this.total = Math.min(MOST, this.total + cost);
    if (cost < 1) return;
    this.dearest.push({ path, cost });
    this.dearest.sort((a, b) => b.cost - a.cost);
    this.dearest.splice(NAMED_MAX);
  }

  errors(path: string): FieldError[] {
    if (this.total <= SCHEMA_COST_MAX) return [];
    const detail = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
    const all = exceeds('estimated rule cost total for entire OpenAPIv3 schema', this.total, SCHEMA_COST_MAX);
    return [...this.dearest.map((each) => forbiddenField(each.path, detail)), forbiddenField(path, all)];
  }
}

/** How often a value may occur in an object; undefined where nothing says. */
export interface CostContext {
  occurrencesMax: number | undefined;
  total: TotalCost;
}

/** How often each of the parts of a value may occur in it. Models extractMaxElements. */
function partsMax(schema: JsonSchema): number | undefined {
  if (schema.type === 'array') return schema.maxItems === undefined ? undefined : Math.max(0, schema.maxItems);
  if (schema.type !== 'object') return 0;
  if (!valuesOf(schema) && schema.additionalProperties !== true) return 1;
  return schema.maxProperties === undefined ? undefined : Math.max(0, schema.maxProperties);
}

export function costBelow(schema: JsonSchema, { occurrencesMax, total }: CostContext): CostContext {
  const factor = partsMax(schema);
  return { occurrencesMax: occurrencesMax === undefined || factor === undefined ? undefined : Math.min(MOST, occurrencesMax * factor), total };
}

/** As many values as fit into a request, where no schema sets a limit. */
export const occurrencesThatFit = (bytesMin: number): number => Math.floor(REQUEST_BYTES_MAX / (bytesMin + 1));

export function checkCosts({ cost, messageCost, occurrencesMax }: CompiledRule, context: CostContext, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const check = (at: string, what: string, spent: number): void => {
    if (spent > RULE_COST_MAX) errors.push(forbiddenField(at, exceeds(what, spent, RULE_COST_MAX)));
    context.total.add(at, spent);
  };
  if (cost !== undefined) {
    check(`${path}.rule`, 'estimated rule cost', cost === 0 ? 0 : Math.min(MOST, cost * (context.occurrencesMax ?? occurrencesMax)));
  }
  if (messageCost !== undefined) check(`${path}.messageExpression`, 'estimated messageExpression cost', messageCost);
  return errors;
}
