import type { Part } from '../fields.ts';
import { defaultPullPolicy } from './image.ts';
import { defaultPodResources } from './pod-resources.ts';
import { defaultVolume } from './volume-defaults.ts';

/** Sets a field that the user left out. */
const preset = (owner: Part, field: string, value: unknown): void => {
  if (owner[field] === undefined || owner[field] === '') owner[field] = value;
};

/** Models SetDefaults_PodSpec and what SetObjectDefaults_* reaches below it; in place. */
export function defaultPodSpec(spec: Part): void {
  preset(spec, 'dnsPolicy', 'ClusterFirst');
  preset(spec, 'restartPolicy', 'Always');
  preset(spec, 'securityContext', {});
  if (spec.terminationGracePeriodSeconds === undefined) spec.terminationGracePeriodSeconds = 30;
  preset(spec, 'schedulerName', 'default-scheduler');
  mirrorServiceAccount(spec);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
}

/** The deprecated field follows the one that took its place. */
export function mirrorServiceAccount(spec: Part): void {
  if (!spec.serviceAccountName && spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
}

/** Models SetDefaults_Container. */
export function defaultContainer(container: Part): void {
  for (const port of container.ports ?? []) preset(port, 'protocol', 'TCP');
  for (const variable of container.env ?? []) defaultValueFrom(variable.valueFrom);
  preset(container, 'resources', {});
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) if (container[name]) defaultProbe(container[name]);
  for (const name of ['postStart', 'preStop']) defaultHttpGet(container.lifecycle?.[name]?.httpGet);
  preset(container, 'terminationMessagePath', '/dev/termination-log');
  preset(container, 'terminationMessagePolicy', 'File');
  preset(container, 'imagePullPolicy', defaultPullPolicy(container.image ?? ''));
}

function defaultValueFrom(from: Part | undefined): void {
  if (from?.fieldRef) preset(from.fieldRef, 'apiVersion', 'v1');
  if (from?.resourceFieldRef) preset(from.resourceFieldRef, 'divisor', '0');
  if (from?.fileKeyRef && from.fileKeyRef.optional === undefined) from.fileKeyRef.optional = false;
}

const PROBE_DEFAULTS: [field: string, value: number][] = [
  ['timeoutSeconds', 1],
  ['periodSeconds', 10],
  ['successThreshold', 1],
  ['failureThreshold', 3],
];

function defaultProbe(probe: Part): void {
  defaultHttpGet(probe.httpGet);
  if (probe.grpc && probe.grpc.service === undefined) probe.grpc.service = '';
  // Zero means unset: these are plain numbers in Go.
  for (const [field, value] of PROBE_DEFAULTS) if (!probe[field]) probe[field] = value;
}

function defaultHttpGet(action: Part | undefined): void {
  if (!action) return;
  preset(action, 'path', '/');
  preset(action, 'scheme', 'HTTP');
}

/** What a Pod gets on top of a template. Models SetDefaults_Pod. */
export function defaultPod(spec: Part): void {
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    requestWhatIsLimited(container.resources);
    if (spec.hostNetwork) for (const port of container.ports ?? []) if (!port.hostPort) port.hostPort = port.containerPort;
  }
  defaultPodResources(spec);
  if (spec.enableServiceLinks === undefined) spec.enableServiceLinks = true;
}

/** A limit without a request asks for all of it. */
function requestWhatIsLimited(resources: Part | undefined): void {
  if (!resources?.limits) return;
  const requests = Object.assign(Object.create(null), resources.requests);
  let added = false;
  for (const name of Object.keys(resources.limits)) {
    if (name in requests) continue;
    requests[name] = resources.limits[name];
    added = true;
  }
  if (added) resources.requests = Object.fromEntries(Object.entries(requests));
}
