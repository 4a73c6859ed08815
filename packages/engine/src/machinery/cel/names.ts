// Models Escape and Unescape in k8s.io/apiserver/pkg/cel/escaping.go.
const RESERVED = new Set(
  ['true false null in as break const continue else for function if import let loop package namespace return var void while'].flatMap((words) =>
    words.split(' '),
  ),
);
const SYMBOLS: Record<string, string> = { __: '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };
const WORDS = new Map(Object.entries(SYMBOLS).map(([symbol, word]) => [word, symbol]));

/** How an expression writes the name of a property; undefined where it cannot. */
export function escapeName(name: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(name)) return undefined;
  if (RESERVED.has(name)) return `__${name}__`;
  return name.replace(/__|[./-]/g, (symbol) => SYMBOLS[symbol] as string);
}

export function unescapeName(text: string): string {
  if (!text.includes('__')) return text;
  const reserved = /^__([a-z]+)__$/.exec(text)?.[1];
  if (reserved !== undefined && RESERVED.has(reserved)) return reserved;
  return text.replace(/__(?:underscores|dot|dash|slash)__/g, (word) => WORDS.get(word) as string);
}
