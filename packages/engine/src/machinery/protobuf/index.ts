import type { Definition } from '@vivakube/schema';
import { badRequest } from '../status.ts';

export interface DecodedMessage {
  meta: { apiVersion: string; kind: string };
  value: () => Record<string, unknown>;
}

export function decodeProtobuf(_body: Uint8Array, definition: Definition): DecodedMessage {
  throw badRequest(`protobuf bodies of ${definition.name} are not read yet`);
}
