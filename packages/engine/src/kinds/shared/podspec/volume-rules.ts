import { type FieldError, required } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';

export type SourceRule = (source: Part, path: string) => FieldError[];

/** Fields that must not be empty. */
export const needs =
  (...fields: string[]): SourceRule =>
  (source, path) =>
    fields.filter((f) => !source[f] || source[f].length === 0).map((f) => required(`${path}.${f}`));

export const both =
  (...rules: SourceRule[]): SourceRule =>
  (source, path) =>
    rules.flatMap((rule) => rule(source, path));
