import type { Candidates, Scores } from './framework.ts';

/** Room for the numbers of one attempt, which the next one writes over: an attempt that makes arrays of its own leaves most of its time to the collector. */
export class Workspace implements Candidates {
  count = 0;
  slots = new Int32Array(0);
  totals: Scores = new Float64Array(0);
  private columns: Scores[] = [];

  /** Makes room for so many candidates, of which there are none yet. */
  clear(most: number): void {
    this.count = 0;
    if (this.slots.length >= most) return;
    this.slots = new Int32Array(most);
    this.totals = new Float64Array(most);
    this.columns = [];
  }

  /** Scores of the plugin at a place of the profile; they hold what an earlier attempt left there. */
  scores(at: number): Scores {
    let column = this.columns[at];
    if (!column) {
      column = new Float64Array(this.slots.length);
      this.columns[at] = column;
    }
    return column;
  }
}
