const TOKEN = /\s*(\d+|[A-Za-z_]\w*|[-+*/%()])/y;

/** What `$((…))` stands for: whole numbers, variables with or without their dollar, and the four rules. What cannot be read counts for nothing. */
export function arithmetic(text: string, env: ReadonlyMap<string, string>): number {
  const tokens = tokensOf(text.replace(/\$\{?(\w+)\}?/g, '$1').trim());
  const at = { next: 0 };
  const value = tokens && sum(tokens, at, env);
  return value === undefined || at.next < (tokens as string[]).length ? 0 : value;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

type Reader = (tokens: string[], at: { next: number }, env: ReadonlyMap<string, string>) => number | undefined;

/** Operators of one rank, from the left. */
const chain =
  (operators: string, operand: Reader): Reader =>
  (tokens, at, env) => {
    let left = operand(tokens, at, env);
    while (left !== undefined && operators.includes(tokens[at.next] ?? ' ')) {
      const operator = tokens[at.next++] as string;
      const right = operand(tokens, at, env);
      if (right === undefined) return undefined;
      left = apply(operator, left, right);
    }
    return left;
  };

function apply(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (b === 0) return 0;
  return operator === '%' ? a % b : Math.trunc(a / b);
}

const factor: Reader = (tokens, at, env) => {
  const token = tokens[at.next++];
  if (token === undefined) return undefined;
  if (/^\d/.test(token)) return Number(token);
  if (/^\w/.test(token)) return Number.parseInt(env.get(token) ?? '0', 10) || 0;
  if (token === '(') {
    const value = sum(tokens, at, env);
    return tokens[at.next++] === ')' ? value : undefined;
  }
  const value = token === '-' || token === '+' ? factor(tokens, at, env) : undefined;
  return value === undefined || token === '+' ? value : 0 - value;
};

const sum: Reader = chain('+-', chain('*/%', factor));
