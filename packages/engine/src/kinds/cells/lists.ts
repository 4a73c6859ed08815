/** The first three of a list and how many more there are. Models listWithMoreString in pkg/printers/internalversion. */
export function firstThree(all: readonly string[], none: string): string {
  if (all.length === 0) return none;
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}
