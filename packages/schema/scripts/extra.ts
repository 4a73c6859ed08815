import { type Model, type RawField, type RawType, scalar } from './model.ts';

const field = (type: RawType, description: string): RawField => ({ type, description });
const ref = (name: string): RawType => ({ kind: 'ref', name });

/** metrics.k8s.io/v1beta1, an aggregated API that no package describes. */
export function addMetrics(model: Model): void {
  const usage = field({ kind: 'map', item: scalar('q') }, 'The memory usage is the memory working set.');
  const window = field(scalar('s'), 'The metrics were collected from the interval [timestamp - window, timestamp].');
  const timestamp = field(scalar('t'), 'The end of the interval that the metrics were collected in.');
  const head = {
    apiVersion: field(scalar('s'), 'The versioned schema of this object.'),
    kind: field(scalar('s'), 'The REST resource this object represents.'),
    metadata: field(ref('meta.v1.ObjectMeta'), "Standard object's metadata."),
  };
  const add = (kind: string, description: string, fields: Record<string, RawField>, required: string[], topLevel: boolean): void => {
    const name = `metrics.v1beta1.${kind}`;
    const gvk = { group: 'metrics.k8s.io', version: 'v1beta1', kind };
    model.set(name, { name, description, fields: new Map(Object.entries(fields)), required, ...(topLevel ? { gvk } : {}) });
  };
  add(
    'NodeMetrics',
    'NodeMetrics holds the resource usage of a node.',
    { ...head, timestamp, usage, window },
    ['timestamp', 'usage', 'window'],
    true,
  );
  add(
    'ContainerMetrics',
    'ContainerMetrics holds the resource usage of a container.',
    { name: field(scalar('s'), "The container's name."), usage },
    ['name', 'usage'],
    false,
  );
  const containers = field({ kind: 'list', item: ref('metrics.v1beta1.ContainerMetrics') }, 'Usage of each container, of the same interval.');
  add(
    'PodMetrics',
    'PodMetrics holds the resource usage of a pod.',
    { ...head, containers, timestamp, window },
    ['containers', 'timestamp', 'window'],
    true,
  );
}
