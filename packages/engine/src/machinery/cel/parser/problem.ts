/** Thrown while an expression is read; `syntax.ts` makes an issue of it. */
export class SyntaxProblem extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}
