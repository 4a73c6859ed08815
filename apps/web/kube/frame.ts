const hiddenDelayMs = 250;

/** Runs `flush` once per animation frame; a hidden tab has no frames, so a timer stands in. */
export function frameBatcher(flush: () => void): { schedule: () => void; cancel: () => void } {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = undefined;
    timer = undefined;
    flush();
  };
  return {
    schedule: () => {
      if (frame !== undefined || timer !== undefined) return;
      if (document.visibilityState === 'visible') frame = requestAnimationFrame(run);
      timer = setTimeout(run, hiddenDelayMs);
    },
    cancel: () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      clearTimeout(timer);
      frame = undefined;
      timer = undefined;
    },
  };
}
