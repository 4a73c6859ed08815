import type { Rejection } from './framework.ts';
import type { NodeInfo } from './node-info.ts';

/** Which nodes refused a pod and why, in the order in which they were asked. */
export class Refusals {
  readonly nodes: NodeInfo[] = [];
  readonly rejections: Rejection[] = [];

  add(node: NodeInfo, rejection: Rejection): void {
    this.nodes.push(node);
    this.rejections.push(rejection);
  }

  byName(): Map<string, Rejection> {
    return new Map(this.nodes.map(({ name }, i) => [name, this.rejections[i] as Rejection]));
  }
}
