import { type Part, sortedKeys } from '../../shared/fields.ts';
import { toBase64 } from '../base64.ts';

/** Models SetDefaults_Secret and the conversion that folds stringData, which is write-only, into data. */
export function defaults(secret: Part): void {
  if (!secret.type) secret.type = 'Opaque';
  const texts: Record<string, string> | undefined = secret.stringData;
  if (texts === undefined) return;
  delete secret.stringData;
  const keys = sortedKeys(texts);
  if (keys.length === 0) return;
  const data = new Map<string, string>(Object.entries(secret.data ?? {}));
  for (const key of keys) data.set(key, toBase64(texts[key] as string));
  secret.data = Object.fromEntries(data);
}
