import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';

const TYPE =
  'Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types';
const DATA =
  "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4";

export const columns: Column<KubeObject>[] = [
  nameColumn,
  text('Type', TYPE, (secret) => secret.type ?? ''),
  text('Data', DATA, (secret) => Object.keys(secret.data ?? {}).length),
  ageColumn,
];
