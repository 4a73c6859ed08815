/** Below this a whole answer fits into what a socket takes without being asked to wait. */
const SPLIT_BYTES_MIN = 8 * 1024;
const TAIL_BYTES = 512;

/**
 * A long body whose end is written only when the socket has taken everything before it. A client that has the last byte sends its next request,
 * and Node's parser gives a request up (HPE_PAUSED) that comes in two parts while it still counts the answer before it as being written.
 */
export function longBody(bytes: Uint8Array): Uint8Array | ReadableStream<Uint8Array> {
  if (bytes.length < SPLIT_BYTES_MIN) return bytes;
  const parts = [bytes.subarray(0, -TAIL_BYTES), bytes.subarray(-TAIL_BYTES)];
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts.shift();
        if (part) controller.enqueue(part);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
