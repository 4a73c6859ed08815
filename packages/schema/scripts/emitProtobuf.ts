import type { Model } from './model.ts';

/** `{message: {field: [number, type]}}`, wire facts of k8s.io/api. */
export type FieldNumbers = Record<string, Record<string, [number, string]>>;

/** Fields whose message lies in the same JSON object as the fields beside them. */
const INLINED = new Set([
  'volumeSource',
  'persistentVolumeSource',
  'handler',
  'ephemeralContainerCommon',
  'localObjectReference',
  'ingressRuleValue',
  'ruleWithOperations',
  'rule',
  'deviceConfiguration',
]);

/** Per message the JSON field names by number, `>message` for an inlined one; types come from the definitions. */
export function protobufModule(model: Model, table: FieldNumbers): string {
  const messages: Record<string, string[]> = {};
  const pending = [...model.keys()].filter((name) => table[name] !== undefined);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const names: string[] = [];
    for (const [protoName, [number, type]] of Object.entries(table[name] ?? {})) {
      const known = jsonName(model, name, protoName);
      const inlined = type.includes('.') ? type : `${name.split('.').slice(0, 2).join('.')}.${type}`;
      if (known !== undefined) names[number] = known;
      else if (INLINED.has(protoName)) {
        names[number] = `>${inlined}`;
        if (messages[inlined] === undefined) pending.push(inlined);
      }
    }
    messages[name] = Array.from(names, (each) => each ?? '');
  }
  return `export const readMessages = (): Record<string, string[]> => JSON.parse(${JSON.stringify(JSON.stringify(messages))});\n`;
}

/** Few names differ from those of JSON, and only in case and in signs that protobuf does not have; an inlined message without a definition has JSON's. */
function jsonName(model: Model, message: string, protoName: string): string | undefined {
  const definition = model.get(message);
  if (definition === undefined) return protoName;
  if (definition.fields.has(protoName)) return protoName;
  return [...definition.fields.keys()].find((name) => name.replace(/[$-]/g, '').toLowerCase() === protoName.toLowerCase());
}
