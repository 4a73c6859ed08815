import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, required } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { nameColumn, text } from '../../cells/standard.ts';
import { validateSegment } from '../../rules/references.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { validateDnsSubdomain } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { canonicalIp, ipProblem, parseIp } from '../../shared/ip.ts';

/** Models IsValidIP in k8s.io/apimachinery/pkg/util/validation/ip.go. */
function spellingProblem(name: string): string | undefined {
  const address = parseIp(name);
  const canonical = address && canonicalIp(address);
  return canonical === name ? undefined : `must be in canonical form (${JSON.stringify(canonical)})`;
}

const validate = ({ spec }: KubeObject): FieldError[] => {
  const reference = spec.parentRef;
  if (!reference) return [required('spec.parentRef')];
  const path = 'spec.parentRef';
  return [
    ...(reference.group ? validateDnsSubdomain(reference.group, `${path}.group`) : []),
    ...validateSegment(reference.resource, `${path}.resource`),
    ...validateSegment(reference.name, `${path}.name`),
    ...(reference.namespace ? validateSegment(reference.namespace, `${path}.namespace`) : []),
  ];
};

export const ipAddress = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  shortNames: ['ip'],
  scope: 'Cluster',
  schema: 'networking.v1.IPAddress',
  nameRule: (name) => [ipProblem(name) ?? spellingProblem(name)].filter((problem) => problem !== undefined),
  defaults: (address) => {
    address.spec ??= {};
  },
  // Models ValidateIPAddress in pkg/apis/networking/validation/validation.go.
  validate,
  validateUpdate: (address, old) =>
    validateImmutable(address.spec.parentRef, old.spec.parentRef, 'spec.parentRef', (value) => goStruct('ParentReference', value)),
  // Models printIPAddress in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    text(
      'ParentRef',
      'ParentRef references the resource that an IPAddress is attached to. An IPAddress must reference a parent object.',
      ({ spec }) => {
        const { group = '', resource = '', namespace = '', name = '' } = spec?.parentRef ?? {};
        return `${resource}${group === '' ? '' : `.${group}`}/${namespace === '' ? '' : `${namespace}/`}${name}`;
      },
    ),
  ],
  exactColumns: true,
});
