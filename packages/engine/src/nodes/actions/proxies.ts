import { objectKey } from '../../core/key.ts';
import type { Part } from '../../kinds/shared/fields.ts';
import { type ConnectionContext, defineConnection } from '../../machinery/action.ts';
import { goQuote } from '../../machinery/field.ts';
import type { Verb } from '../../machinery/kind.ts';
import type { Query } from '../../machinery/request.ts';
import { ApiError, badRequest, notFound } from '../../machinery/status.ts';
import { notSimulated } from './not-simulated.ts';

const VERBS: readonly Verb[] = ['create', 'delete', 'get', 'patch', 'update'];
const PROXY = {
  subresource: 'proxy',
  verbs: VERBS,
  group: '',
  version: 'v1',
  takesPath: true,
  options: (_query: Query, path: string) => (path === '' ? {} : { path }),
} as const;

/** `name`, `name:port` or `scheme:name:port`. Models SplitSchemeNamePort in k8s.io/apimachinery/pkg/util/net/port_split.go. */
function target(what: string, id: string): { name: string; port: string } {
  const parts = id.split(':');
  const [scheme, name, port] = parts.length === 1 ? ['', id, ''] : parts.length === 2 ? ['', parts[0], parts[1]] : parts;
  if (parts.length > 3 || !['', 'http', 'https'].includes(scheme as string) || !name) throw badRequest(`invalid ${what} request ${goQuote(id)}`);
  return { name, port: port as string };
}

const unavailable = (message: string): ApiError => new ApiError(503, 'ServiceUnavailable', message);

/** Models ResourceLocation in pkg/registry/core/pod/strategy.go. */
export const podProxy = defineConnection({
  ...PROXY,
  resource: 'core/pods',
  kind: 'PodProxyOptions',
  run: ({ view, namespace, name: id }) => {
    const { name } = target('pod', id);
    const pod = view.get(objectKey('core/pods', namespace, name));
    if (!pod) throw notFound('', 'pods', name);
    if (!pod.status?.podIP) throw badRequest('address not allowed');
    throw notSimulated('pods/proxy');
  },
});

/** Models ResourceLocation in pkg/registry/core/service/storage/storage.go. */
export const serviceProxy = defineConnection({ ...PROXY, resource: 'core/services', kind: 'ServiceProxyOptions', run: openService });

function openService({ view, namespace, name: id }: ConnectionContext): never {
  const { name, port } = target('service', id);
  let portName = port;
  if (/^\d+$/.test(port)) {
    const service = view.get(objectKey('core/services', namespace, name));
    if (!service) throw notFound('', 'services', name);
    const declared = ((service.spec?.ports ?? []) as Part[]).find((each) => each.port === Number(port));
    if (!declared) throw unavailable(`no service port ${Number(port)} found for service "${name}"`);
    portName = declared.name ?? '';
  }
  const endpoints = view.get(objectKey('core/endpoints', namespace, name));
  if (!endpoints) throw notFound('', 'endpoints', name);
  const reachable = ((endpoints.subsets ?? []) as Part[]).some(
    (subset) => subset.addresses?.length > 0 && (subset.ports ?? []).some((each: Part) => (each.name ?? '') === portName),
  );
  if (!reachable) throw unavailable(`no endpoints available for service "${endpoints.subsets?.length ? id : name}"`);
  throw notSimulated('services/proxy');
}

/** Models ResourceLocation in pkg/registry/core/node/strategy.go. */
export const nodeProxy = defineConnection({
  ...PROXY,
  resource: 'core/nodes',
  kind: 'NodeProxyOptions',
  run: ({ view, name: id }) => {
    const { name } = target('node', id);
    if (!view.get(objectKey('core/nodes', '', name))) throw notFound('', 'nodes', name);
    throw notSimulated('nodes/proxy');
  },
});
