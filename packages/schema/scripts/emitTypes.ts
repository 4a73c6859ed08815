import type { Model, RawDefinition, RawField, RawType } from './model.ts';

const SCALAR_TYPES: Record<string, string> = {
  s: 'string',
  b: 'boolean',
  i: 'number',
  l: 'number',
  d: 'number',
  y: 'string',
  t: 'string',
  u: 'string',
  q: 'string',
  x: 'number | string',
  o: 'any',
  '*': 'any',
};

const packageOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));
const kindOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const aliasOf = (name: string): string => `${packageOf(name).replaceAll('.', '_')}_${kindOf(name)}`;

/** One module of interfaces per package: `types/apps.v1.ts`. */
export function typeModules(model: Model): Map<string, string> {
  const byPackage = new Map<string, RawDefinition[]>();
  for (const definition of model.values()) {
    const packageName = packageOf(definition.name);
    byPackage.set(packageName, [...(byPackage.get(packageName) ?? []), definition]);
  }
  return new Map([...byPackage].map(([packageName, definitions]) => [packageName, typeModule(packageName, definitions)]));
}

function typeModule(packageName: string, definitions: RawDefinition[]): string {
  const imports = new Set<string>();
  const nameOf = (ref: string): string => {
    if (packageOf(ref) === packageName) return kindOf(ref);
    imports.add(ref);
    return aliasOf(ref);
  };
  const bodies = definitions.map((definition) => interfaceText(definition, nameOf));
  const lines = [...imports].sort().map((ref) => `import type { ${kindOf(ref)} as ${aliasOf(ref)} } from './${packageOf(ref)}.ts';`);
  return `${[...lines, '', ...bodies].join('\n')}\n`;
}

function interfaceText(definition: RawDefinition, nameOf: (ref: string) => string): string {
  const { gvk } = definition;
  const lines = [...definition.fields].map(([name, field]) => {
    const always = definition.required.includes(name) || (gvk !== undefined && ALWAYS.has(name));
    return `  ${JSON.stringify(name)}${always ? '' : '?'}: ${literal(definition, name) ?? fieldType(field, nameOf)};`;
  });
  return `/** ${definition.description.split('\n')[0]?.replaceAll('*/', '* /')} */\nexport interface ${kindOf(definition.name)} {\n${lines.join('\n')}\n}\n`;
}

/** What decoding puts into every top-level object. */
const ALWAYS = new Set(['apiVersion', 'kind', 'metadata', 'spec']);

function literal(definition: RawDefinition, field: string): string | undefined {
  const { gvk } = definition;
  if (definition.name === 'meta.v1.ManagedFieldsEntry' && field === 'operation') return "'Apply' | 'Update'";
  if (gvk === undefined) return undefined;
  if (field === 'kind') return JSON.stringify(gvk.kind);
  return field === 'apiVersion' ? JSON.stringify(gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`) : undefined;
}

function fieldType(field: RawField, nameOf: (ref: string) => string): string {
  const values = field.enum?.map((value) => JSON.stringify(value)).join(' | ');
  return typeText(field.type, nameOf, values);
}

function typeText(type: RawType, nameOf: (ref: string) => string, values: string | undefined): string {
  if (type.kind === 'ref') return nameOf(type.name);
  if (type.kind === 'list') return `Array<${typeText(type.item, nameOf, values)}>`;
  if (type.kind === 'map') return `Record<string, ${typeText(type.item, nameOf, values)}>`;
  return values ?? (SCALAR_TYPES[type.code] as string);
}
