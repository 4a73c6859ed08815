import type { Definition } from '@vivakube/schema';
import { DecodeError } from '../decode/decodeError.ts';
import { readMessage } from './message.ts';
import { WireReader } from './wire.ts';

/** `k8s` and a zero byte. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];

export interface Envelope {
  apiVersion: string;
  kind: string;
  raw: Uint8Array;
}

/** Opens runtime.Unknown: 1 the type (1 apiVersion, 2 kind), 2 the object. */
export function openEnvelope(body: Uint8Array): Envelope {
  if (MAGIC.some((byte, i) => body[i] !== byte)) {
    throw new DecodeError(`provided data does not appear to be a protobuf message, expected prefix [${MAGIC.join(' ')}]`);
  }
  const envelope: Envelope = { apiVersion: '', kind: '', raw: new Uint8Array() };
  const reader = new WireReader(body.subarray(MAGIC.length));
  while (!reader.done) {
    const { number, wire } = reader.tag();
    if (number === 1 && wire === 2) readTypeMeta(envelope, new WireReader(reader.chunk()));
    else if (number === 2 && wire === 2) envelope.raw = reader.chunk();
    else reader.skip(wire);
  }
  return envelope;
}

function readTypeMeta(envelope: Envelope, message: WireReader): void {
  while (!message.done) {
    const { number, wire } = message.tag();
    if (number === 1) envelope.apiVersion = message.string();
    else if (number === 2) envelope.kind = message.string();
    else message.skip(wire);
  }
}

/** The object of an envelope as JSON has it. */
export const readObject = (raw: Uint8Array, type: Definition): Record<string, unknown> => readMessage(raw, type);
