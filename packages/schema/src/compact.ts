/** The generated structure as it is stored; see scripts/emitStructure.ts for the codes. */
export interface Compact {
  f: Record<string, string | readonly unknown[]>;
  r?: string[];
  m?: 'atomic';
  g?: [group: string, version: string, kind: string];
}
