/** Carried by the API's image of a pod that a node runs from a file of its own. */
export const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';

/** Upstream names the whole object by an empty path, which prints like this. */
export const WHOLE_OBJECT = '[]';
