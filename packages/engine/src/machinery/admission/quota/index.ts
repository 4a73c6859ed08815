import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { addQuantities, formatQuantity, parseQuantity } from '../../decode/quantity.ts';
import { resourceOf } from '../../kind.ts';
import type { AdmissionPlugin, Attributes } from '../../machine.ts';
import { type ApiError, forbidden } from '../../status.ts';
import type { Amounts } from '../amounts.ts';
import { silence } from './pods.ts';
import { inScope } from './scopes.ts';
import { usageOf } from './usage.ts';

/** Nothing is made beyond the quotas of a namespace, and what is made is counted at once. Models plugin/pkg/admission/resourcequota. */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate: (attributes) => {
    const { kind, object, namespace, txn } = attributes;
    if (kind.scope !== 'Namespaced' || !object || !isCounted(attributes)) return;
    const quotas = txn.list('core/resourcequotas', namespace);
    if (quotas.length === 0) return;
    const wanted = increase(attributes, object);
    for (const quota of quotas) if (inScope(quota, kind, object)) charge(attributes, object, quota, wanted);
  },
};

/** What may take more of a quota when it is changed. */
const GROWING: readonly string[] = ['services', 'persistentvolumeclaims'];

function isCounted({ operation, kind, subresource }: Attributes): boolean {
  if (operation === 'CREATE') return subresource === '';
  if (operation !== 'UPDATE' || kind.group !== '') return false;
  return kind.plural === 'pods' ? subresource === 'resize' : subresource === '' && GROWING.includes(kind.plural);
}

/** What the request takes besides what the object already has; what it gives back is counted by the controller. */
function increase({ kind, old }: Attributes, object: KubeObject): Amounts {
  const usage = usageOf(kind, object);
  if (!old) return usage;
  const before = usageOf(kind, old);
  const more: Amounts = new Map();
  for (const [name, { nanos, format }] of usage) {
    const difference = nanos - (before.get(name)?.nanos ?? 0n);
    if (difference > 0n) more.set(name, { nanos: difference, format });
  }
  return more;
}

function charge(attributes: Attributes, object: KubeObject, quota: KubeObject, wanted: Amounts): void {
  const { kind, operation, name } = attributes;
  const refuse = (why: string): ApiError => forbidden(kind.group, kind.plural, name, why);
  const hard = (quota.status?.hard ?? {}) as Record<string, string>;
  const limited = Object.keys(quota.spec?.hard ?? {});
  const isPod = kind.group === '' && kind.plural === 'pods';
  const missing = isPod && operation === 'CREATE' ? silence(object, limited) : undefined;
  if (missing) throw refuse(`failed quota: ${quota.metadata.name}: ${missing}`);
  const requested = [...wanted].filter(([resource]) => limited.includes(resource)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (requested.length === 0) return;
  const unknown = requested.map(([resource]) => resource).filter((resource) => !Object.hasOwn(hard, resource));
  if (unknown.length > 0) throw refuse(`status unknown for quota: ${quota.metadata.name}, resources: ${unknown.join(',')}`);
  const used = (resource: string) => parseQuantity(String(quota.status.used?.[resource] ?? '0'));
  const after = requested.map(([resource, amount]) => [resource, addQuantities(used(resource), amount)] as const);
  const exceeded = after.filter(([resource, total]) => total.nanos > parseQuantity(String(hard[resource])).nanos).map(([resource]) => resource);
  if (exceeded.length > 0) {
    const show = (text: (resource: string) => string): string => exceeded.map((resource) => `${resource}=${text(resource)}`).join(',');
    const asked = show((resource) => formatQuantity(wanted.get(resource) as never));
    throw refuse(
      `exceeded quota: ${quota.metadata.name}, requested: ${asked}, used: ${show((r) => formatQuantity(used(r)))}, limited: ${show((r) => hard[r] as string)}`,
    );
  }
  // What exists already is about to be refused.
  const exists = operation === 'CREATE' && attributes.txn.stored(objectKey(resourceOf(kind), attributes.namespace, name)) !== undefined;
  if (!attributes.dryRun && !exists) book(attributes, quota, after);
}

/** The next request, of the same instant even, must see this one counted. */
function book({ txn }: Attributes, quota: KubeObject, after: readonly (readonly [string, Parameters<typeof formatQuantity>[0]])[]): void {
  const { authorship } = txn;
  txn.authorship = { actor: 'system:apiserver', cause: authorship.cause };
  const used = { ...quota.status.used, ...Object.fromEntries(after.map(([resource, total]) => [resource, formatQuantity(total)])) };
  txn.put(objectKey('core/resourcequotas', quota.metadata.namespace, quota.metadata.name as string), {
    ...quota,
    metadata: { ...quota.metadata },
    status: { ...quota.status, used },
  });
  txn.authorship = authorship;
}
