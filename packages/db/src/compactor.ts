/** Runs one job at a time, and none twice while it is waiting: a cluster that fills its tail again meanwhile is compacted once. */
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
      if (!waiting.has(name)) waiting.set(name, job);
      running ??= Promise.resolve().then(run);
    },
    settled: async (): Promise<void> => {
      while (running) await running;
    },
  };
}

const first = <K, V>(map: Map<K, V>): [K, V] | undefined => map.entries().next().value;
