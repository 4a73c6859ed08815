/**
 * Tries a write a number of times in batches of 1, 2, 4 ...; a batch with a failure is finished and is the last one.
 * Returns the first failure. Models slowStartBatch in pkg/controller/replicaset/replica_set.go.
 */
export function slowStart<E>(count: number, attempt: (position: number) => E | undefined): E | undefined {
  let remaining = count;
  for (let batch = Math.min(remaining, 1); batch > 0; batch = Math.min(2 * batch, remaining)) {
    let failure: E | undefined;
    for (let i = 0; i < batch; i++) {
      const failed = attempt(count - remaining + i);
      failure ??= failed;
    }
    if (failure !== undefined) return failure;
    remaining -= batch;
  }
  return undefined;
}
