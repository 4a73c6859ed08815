/** Runs one job at a time, and of the jobs waiting under one name only the newest: it knows the most. */
export function compactor(onError: (error: unknown) => void) {
  const waiting = new Map<string, () => Promise<void>>();
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    for (let next = first(waiting); next; next = first(waiting)) {
      const [name, job] = next;
      waiting.delete(name);
      await job().catch(onError);
    }
    running = undefined;
  };

  return {
    add(name: string, job: () => Promise<void>): void {
      waiting.set(name, job);
      running ??= Promise.resolve().then(run);
    },
    settled: async (): Promise<void> => {
      while (running) await running;
    },
  };
}

const first = <K, V>(map: Map<K, V>): [K, V] | undefined => map.entries().next().value;
