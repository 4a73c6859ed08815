import { type RawType, scalar } from './model.ts';

/** Packages of kubernetes-models that are served, and the short package name of their definitions. */
export const PACKAGES: Record<string, string> = {
  v1: 'core.v1',
  'admissionregistration.k8s.io/v1': 'admissionregistration.v1',
  'apiextensions.k8s.io/v1': 'apiextensions.v1',
  'apiregistration.k8s.io/v1': 'apiregistration.v1',
  'apps/v1': 'apps.v1',
  'authentication.k8s.io/v1': 'authentication.v1',
  'authorization.k8s.io/v1': 'authorization.v1',
  'autoscaling/v1': 'autoscaling.v1',
  'autoscaling/v2': 'autoscaling.v2',
  'batch/v1': 'batch.v1',
  'certificates.k8s.io/v1': 'certificates.v1',
  'coordination.k8s.io/v1': 'coordination.v1',
  'discovery.k8s.io/v1': 'discovery.v1',
  'events.k8s.io/v1': 'events.v1',
  'flowcontrol.apiserver.k8s.io/v1': 'flowcontrol.v1',
  'networking.k8s.io/v1': 'networking.v1',
  'node.k8s.io/v1': 'node.v1',
  'policy/v1': 'policy.v1',
  'rbac.authorization.k8s.io/v1': 'rbac.v1',
  'resource.k8s.io/v1': 'resource.v1',
  'scheduling.k8s.io/v1': 'scheduling.v1',
  'storage.k8s.io/v1': 'storage.v1',
};

/** The API group of a short package name, where it is not the first part of that name. */
export function groupOfPackage(packageName: string): string {
  const found = Object.entries(PACKAGES).find(([, short]) => short === packageName);
  if (found === undefined || found[0] === 'v1') return '';
  return found[0].slice(0, found[0].indexOf('/'));
}

/** Named types that are written as one scalar. */
const SCALARS: Record<string, string> = {
  'api.resource.Quantity': 'q',
  'util.intstr.IntOrString': 'x',
  'runtime.RawExtension': 'o',
  'meta.v1.Time': 't',
  'meta.v1.MicroTime': 'u',
  'meta.v1.FieldsV1': 'o',
  'apiextensions.v1.JSON': '*',
  'apiextensions.v1.JSONSchemaPropsOrArray': '*',
  'apiextensions.v1.JSONSchemaPropsOrBool': '*',
  'apiextensions.v1.JSONSchemaPropsOrStringArray': '*',
};

export const isScalarName = (name: string): boolean => Object.hasOwn(SCALARS, name);

export function typeOfName(name: string): RawType {
  const code = SCALARS[name];
  return code === undefined ? { kind: 'ref', name } : scalar(code);
}

/** `io.k8s.api.apps.v1.Deployment` and its kin to `apps.v1.Deployment`. */
export function shortName(officialName: string): string {
  const parts = officialName.split('.');
  const from = officialName.startsWith('io.k8s.api.') ? 3 : officialName.startsWith('io.k8s.apimachinery.pkg.apis.') ? 5 : undefined;
  if (from !== undefined) return parts.slice(from).join('.');
  return officialName.replace(/^io\.k8s\.(apimachinery\.pkg|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis)\./, '');
}

/** The official name of a short one, as OpenAPI documents write it. */
export function officialName(short: string): string {
  if (short.startsWith('meta.v1.')) return `io.k8s.apimachinery.pkg.apis.${short}`;
  if (short.startsWith('apiextensions.v1.')) return `io.k8s.apiextensions-apiserver.pkg.apis.${short}`;
  if (short.startsWith('apiregistration.v1.')) return `io.k8s.kube-aggregator.pkg.apis.${short}`;
  return `io.k8s.api.${short}`;
}
