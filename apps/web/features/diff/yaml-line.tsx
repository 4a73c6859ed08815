import { tokensOf } from './yaml-tokens.ts';

export function YamlLine({ text }: { text: string }) {
  return (
    <>
      {tokensOf(text).map((token, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one fixed line
        <span key={i} className={token.className}>
          {token.text}
        </span>
      ))}
      {text === '' && '\n'}
    </>
  );
}
