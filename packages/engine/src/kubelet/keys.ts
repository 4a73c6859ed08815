/** Where what is simulated below the API lives in the cluster's runtime. */

/** A node with a kubelet: `{ index, since }`. */
export const nodeKey = (node: string): string => `node/${node}`;
/** A pod on its node. */
export const podKeyOf = (podUid: string): string => `kubelet/${podUid}`;
/** Which pod has an address of a node's range: `{ uid }` by the last number. */
export const addressPrefix = (node: string): string => `ip/${node}/`;
/** A file or directory that a volume made on a node, by its path: its type. */
export const hostPathKey = (node: string, path: string): string => `hostpath/${node}/${path}`;
/** An image on a node: `{ id, bytes }`. */
export const imageKey = (node: string, image: string): string => `images/${node}/${image}`;
