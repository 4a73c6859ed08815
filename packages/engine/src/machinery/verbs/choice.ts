import type { KubeObject } from '../../core/object.ts';
import { parseFieldSelector, parseLabelSelector } from '../selector/index.ts';
import type { Call } from './context.ts';

/** Which objects of a collection a call is about. */
export interface Choice {
  /** Nothing is left out by a selector. */
  everything: boolean;
  matches: (object: KubeObject) => boolean;
}

export function choiceOf({ request, kind, path }: Pick<Call, 'request' | 'kind' | 'path'>): Choice {
  const labels = request.query.get('labelSelector');
  const fields = request.query.get('fieldSelector');
  const byName = path.name;
  if (!labels && !fields && !byName) return { everything: true, matches: () => true };
  const labelSelector = parseLabelSelector(labels);
  const fieldSelector = parseFieldSelector(fields, kind);
  return {
    everything: false,
    matches: (object) =>
      (!byName || object.metadata.name === byName) && labelSelector.matches(object.metadata.labels) && fieldSelector.matches(object),
  };
}
