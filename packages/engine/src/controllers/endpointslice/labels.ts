import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import { hasClusterIp, type Service } from './serving.ts';
import { SERVICE_NAME_LABEL } from './watches.ts';

export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';
export const HEADLESS_LABEL = 'service.kubernetes.io/headless';

const RESERVED = [MANAGED_BY_LABEL, SERVICE_NAME_LABEL, HEADLESS_LABEL];

const own = (labels: Record<string, string> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([label]) => !RESERVED.includes(label)));

/** A slice carries its service's labels and says whose it is. Models setEndpointSliceLabels. */
export const sliceLabels = (service: Service): Record<string, string> => ({
  ...own(service.metadata.labels),
  ...(hasClusterIp(service) ? {} : { [HEADLESS_LABEL]: '' }),
  [MANAGED_BY_LABEL]: SLICE_CONTROLLER,
  [SERVICE_NAME_LABEL]: service.metadata.name as string,
});

export const serviceLabelsChanged = (slice: KubeObject, service: Service): boolean =>
  !equalJson(own(slice.metadata.labels), own(service.metadata.labels));
