export interface Token {
  text: string;
  className?: string;
}

/** Colours one line of YAML that we printed ourselves: key, string, number, comment. Not a parser. */
export function tokensOf(line: string): Token[] {
  const comment = /^(\s*)(#.*)$/.exec(line);
  if (comment) return [{ text: comment[1] ?? '' }, { text: comment[2] ?? '', className: 'y-com' }];
  const pair = /^(\s*(?:- )*)([^\s:'"][^:]*|"[^"]*"|'[^']*')(:)(\s.*|)$/.exec(line);
  if (!pair) {
    const item = /^(\s*(?:- )+)(.*)$/.exec(line);
    return item ? [{ text: item[1] ?? '' }, scalar(item[2] ?? '')] : [{ text: line }];
  }
  return [{ text: pair[1] ?? '' }, { text: pair[2] ?? '', className: 'y-key' }, { text: pair[3] ?? '' }, scalar(pair[4] ?? '')];
}

function scalar(text: string): Token {
  const value = text.trim();
  if (/^(-?\d+(\.\d+)?|true|false|null)$/.test(value)) return { text, className: 'y-num' };
  if (value === '' || /^[|>{}[\]&*]/.test(value)) return { text };
  return { text, className: 'y-str' };
}
