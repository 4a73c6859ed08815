export type { Definition, Field, FieldType, GroupVersionKind, Scalar } from './definition.ts';
export { definition, definitionNames, hasDefinition } from './definitions.ts';
