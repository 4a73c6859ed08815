/** Cuts a byte stream into lines; blank lines (keep-alives) are dropped. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      const full = lines.filter((line) => line.trim() !== '');
      if (full.length > 0) yield full;
      if (done) return;
    }
  } finally {
    reader.releaseLock();
  }
}
