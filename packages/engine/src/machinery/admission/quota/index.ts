import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { addQuantities, formatQuantity, parseQuantity, type Quantity } from '../../decode/quantity.ts';
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
    const { kind, object, namespace, name, operation, dryRun, txn } = attributes;
    if (kind.scope !== 'Namespaced' || !object || !isCounted(attributes)) return;
    const quotas = txn.list('core/resourcequotas', namespace).filter((quota) => inScope(quota, kind, object));
    if (quotas.length === 0) return;
    // What is left unsaid is refused before what is too much, and nothing is counted unless every quota has room.
    for (const quota of quotas) checkSilence(attributes, object, quota);
    const wanted = increase(attributes, object);
    const charges = quotas.map((quota) => ({ quota, after: roomFor(attributes, quota, wanted) }));
    // What exists already is about to be refused.
    const exists = operation === 'CREATE' && txn.stored(objectKey(resourceOf(kind), namespace, name)) !== undefined;
    if (dryRun || exists) return;
    for (const { quota, after } of charges) if (after.length > 0) book(attributes, quota, after);
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

const refusal = ({ kind, name }: Attributes, why: string): ApiError => forbidden(kind.group, kind.plural, name, why);

function checkSilence(attributes: Attributes, object: KubeObject, quota: KubeObject): void {
  const { kind, operation } = attributes;
  if (kind.group !== '' || kind.plural !== 'pods' || operation !== 'CREATE') return;
  const missing = silence(object, Object.keys(quota.spec?.hard ?? {}));
  if (missing) throw refusal(attributes, `failed quota: ${quota.metadata.name}: ${missing}`);
}

type Totals = readonly (readonly [resource: string, total: Quantity])[];

/** What will be used of a quota once the request is counted, if that is not too much. */
function roomFor(attributes: Attributes, quota: KubeObject, wanted: Amounts): Totals {
  const hard = (quota.status?.hard ?? {}) as Record<string, string>;
  const limited = Object.keys(quota.spec?.hard ?? {});
  const requested = [...wanted].filter(([resource]) => limited.includes(resource)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (requested.length === 0) return [];
  const unknown = requested.map(([resource]) => resource).filter((resource) => !Object.hasOwn(hard, resource));
  if (unknown.length > 0) throw refusal(attributes, `status unknown for quota: ${quota.metadata.name}, resources: ${unknown.join(',')}`);
  const used = (resource: string) => parseQuantity(String(quota.status.used?.[resource] ?? '0'));
  const after = requested.map(([resource, amount]) => [resource, addQuantities(used(resource), amount)] as const);
  const exceeded = after.filter(([resource, total]) => total.nanos > parseQuantity(String(hard[resource])).nanos).map(([resource]) => resource);
  if (exceeded.length > 0) {
    const show = (text: (resource: string) => string): string => exceeded.map((resource) => `${resource}=${text(resource)}`).join(',');
    const asked = show((resource) => formatQuantity(wanted.get(resource) as never));
    throw refusal(
      attributes,
      `exceeded quota: ${quota.metadata.name}, requested: ${asked}, used: ${show((r) => formatQuantity(used(r)))}, limited: ${show((r) => hard[r] as string)}`,
    );
  }
  return after;
}

/** The next request, of the same instant even, must see this one counted. */
function book({ txn }: Attributes, quota: KubeObject, after: Totals): void {
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
