import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';

const size = (map: Record<string, string> | undefined): number => Object.keys(map ?? {}).length;

const DATA =
  "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.";

export const columns: Column<KubeObject>[] = [nameColumn, text('Data', DATA, (c) => size(c.data) + size(c.binaryData)), ageColumn];
