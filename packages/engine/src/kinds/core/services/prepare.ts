import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, invalidObject } from '../../../machinery/field.ts';
import type { KindContext } from '../../../machinery/kind.ts';
import { semanticEqual } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { allocate } from './allocate.ts';
import { validateClusterIps } from './cluster-ips.ts';
import { HEADLESS, isExternallyAccessible, isHeadless, needsClusterIp, needsHealthCheckPort, needsNodePorts } from './facts.ts';

// Models beginCreate and beginUpdate in pkg/registry/core/service/storage/storage.go.

function refuse(service: KubeObject, errors: FieldError[]): void {
  if (errors.length > 0) throw invalidObject('', 'Service', service.metadata.name ?? '', errors);
}

/** The cluster speaks IPv4 only; services without a selector may promise more. Models initIPFamilyFields. */
function initFamilies(service: KubeObject, old?: KubeObject): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  refuse(service, validateClusterIps(spec, old?.spec));
  if (isHeadless(spec) && Object.keys(spec.selector ?? {}).length === 0) {
    spec.ipFamilyPolicy ??= spec.ipFamilies?.length === 1 ? 'SingleStack' : 'RequireDualStack';
    spec.ipFamilies ??= spec.ipFamilyPolicy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6'];
    return;
  }
  const errors: FieldError[] = [];
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, 'this cluster is not configured for dual-stack services'));
  }
  for (const [i, family] of (spec.ipFamilies ?? []).entries()) {
    if (family !== 'IPv4') errors.push(invalid(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster'));
  }
  refuse(service, errors);
  spec.ipFamilyPolicy ??= 'SingleStack';
  if ((spec.ipFamilies?.length ?? 0) === 0) spec.ipFamilies = ['IPv4'];
}

function normalizeAddresses(spec: Part, old?: Part): void {
  if (old === undefined) {
    if (spec.clusterIP && (spec.clusterIPs?.length ?? 0) === 0) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const unchangedList = semanticEqual(spec.clusterIPs, old.clusterIPs);
  if (!spec.clusterIP && old.clusterIP && unchangedList) delete spec.clusterIPs;
  else if (spec.clusterIP && spec.clusterIP !== old.clusterIP && unchangedList) spec.clusterIPs = [spec.clusterIP];
}

const nodePorts = (spec: Part): number[] => (spec.ports ?? []).map((port: Part) => port.nodePort ?? 0);

const clear = (spec: Part, ...fields: string[]): void => {
  for (const field of fields) delete spec[field];
};

/** Values that only the old type had go with it, unless the caller changed them. Models dropTypeDependentFields. */
function dropTypeDependent(spec: Part, old: Part): void {
  const lost = (needs: (spec: Part) => boolean): boolean => needs(old) && !needs(spec);
  const same = (field: string): boolean => semanticEqual(spec[field], old[field]);
  if (lost(needsClusterIp) && same('clusterIP') && same('clusterIPs')) clear(spec, 'clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy');
  if (lost(needsNodePorts) && semanticEqual(nodePorts(spec), nodePorts(old))) for (const port of spec.ports ?? []) delete port.nodePort;
  if (lost(needsHealthCheckPort) && same('healthCheckNodePort')) clear(spec, 'healthCheckNodePort');
  if (lost((each) => each.type === 'LoadBalancer')) {
    for (const field of ['allocateLoadBalancerNodePorts', 'loadBalancerClass']) if (same(field)) clear(spec, field);
  }
  if (lost(isExternallyAccessible) && same('externalTrafficPolicy')) clear(spec, 'externalTrafficPolicy');
}

/** A client that leaves out what was allocated keeps it. Models patchAllocatedValues. */
function keepAllocated(spec: Part, old: Part): void {
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    spec.clusterIP ||= old.clusterIP;
    if ((spec.clusterIPs?.length ?? 0) === 0 && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs;
  }
  if (needsNodePorts(old) && needsNodePorts(spec)) {
    const used = new Set(nodePorts(spec).filter((port) => port !== 0));
    for (const port of spec.ports ?? []) {
      const known = (old.ports ?? []).find((each: Part) => (each.name ?? '') === (port.name ?? ''))?.nodePort;
      if (port.nodePort || !known || used.has(known)) continue;
      port.nodePort = known;
      used.add(known);
    }
  }
  if (needsHealthCheckPort(old) && needsHealthCheckPort(spec)) spec.healthCheckNodePort ||= old.healthCheckNodePort;
}

export function prepareForCreate(service: KubeObject, context: KindContext): void {
  if (service.spec.clusterIPs?.length === 0) delete service.spec.clusterIPs;
  normalizeAddresses(service.spec);
  initFamilies(service);
  refuse(service, allocate(service, context));
}

export function prepareForUpdate(service: KubeObject, old: KubeObject, context: KindContext): void {
  const { spec } = service;
  keepAllocated(spec, old.spec);
  normalizeAddresses(spec, old.spec);
  dropTypeDependent(spec, old.spec);
  initFamilies(service, old);
  if (spec.clusterIP === HEADLESS && old.spec.clusterIP !== HEADLESS) return;
  refuse(service, allocate(service, context));
}
