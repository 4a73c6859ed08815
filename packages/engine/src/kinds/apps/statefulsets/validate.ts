import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { intOrPercentValue, notMoreThan100Percent, positiveIntOrPercent } from '../../rules/int-or-percent.ts';
import { allNonNegative, notDecremented, notGreater } from '../../rules/numbers.ts';
import { labelsMismatch } from '../../rules/pod-template.ts';
import { isEmptySelector, selectorMatches, selectorProblem, validateWorkloadSelector } from '../../rules/selector.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { type Part, validateDnsLabel, validateNonNegative } from '../../shared/fields.ts';
import { goSelector, goStruct } from '../../shared/go/show.ts';
import { validatePodTemplateSpec } from '../../shared/podspec/template.ts';

// Models ValidateStatefulSet* in pkg/apis/apps/validation/validation.go.

function validatePodManagement(policy: string | undefined, path: string): FieldError[] {
  if (!policy) return [required(path)];
  return policy === 'OrderedReady' || policy === 'Parallel' ? [] : [invalid(path, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateRollingUpdate(rolling: Part, path: string): FieldError[] {
  const errors = validateNonNegative(rolling.partition, `${path}.partition`);
  if (rolling.maxUnavailable === undefined) return errors;
  const at = `${path}.maxUnavailable`;
  errors.push(...positiveIntOrPercent(rolling.maxUnavailable, at));
  if (intOrPercentValue(rolling.maxUnavailable) === 0) errors.push(invalid(at, rolling.maxUnavailable, 'cannot be 0'));
  return [...errors, ...notMoreThan100Percent(rolling.maxUnavailable, at)];
}

function validateStrategy(strategy: Part, path: string): FieldError[] {
  switch (strategy?.type) {
    case undefined:
    case '':
      return [required(path)];
    case 'OnDelete':
      return strategy.rollingUpdate
        ? [
            invalid(
              `${path}.rollingUpdate`,
              goStruct('RollingUpdateStatefulSet', strategy.rollingUpdate),
              "only allowed for updateStrategy 'RollingUpdate'",
            ),
          ]
        : [];
    case 'RollingUpdate':
      return strategy.rollingUpdate ? validateRollingUpdate(strategy.rollingUpdate, `${path}.rollingUpdate`) : [];
    default:
      return [invalid(path, goStruct('StatefulSetUpdateStrategy', strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  }
}

const validateRetention = (policy: Part, path: string): FieldError[] =>
  ['whenDeleted', 'whenScaled']
    .filter((field) => policy !== undefined && policy[field] !== 'Retain' && policy[field] !== 'Delete')
    .map((field) => notSupported(`${path}.${field}`, policy[field] ?? '', ['Retain', 'Delete']));

/** A claim template stands for a volume of its name, so that containers may mount it. */
function withClaimVolumes(template: Part, claims: Part[]): Part {
  const names = new Set(claims.map((claim) => claim.metadata?.name));
  const own = (template.spec?.volumes ?? []).filter((volume: Part) => !names.has(volume.name));
  const claimed = [...names].filter(Boolean).map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return {
    ...template,
    spec: { ...template.spec, volumes: [...own, ...claimed] },
  };
}

function validateTemplate(spec: Part, path: string): FieldError[] {
  const { selector, template } = spec;
  if (selectorProblem(selector)) return [invalid(`${path}.selector`, goSelector(selector), '')];
  const errors: FieldError[] = [];
  if (!isEmptySelector(selector) && !selectorMatches(selector, template.metadata?.labels)) errors.push(labelsMismatch(template, `${path}.template`));
  return [...errors, ...validatePodTemplateSpec(withClaimVolumes(template, spec.volumeClaimTemplates ?? []), `${path}.template`)];
}

function validateTemplateLife(podSpec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const policy = podSpec?.restartPolicy ?? '';
  if (policy !== 'Always') errors.push(notSupported(`${path}.restartPolicy`, policy, ['Always']));
  if (podSpec?.activeDeadlineSeconds !== undefined) {
    errors.push(forbiddenField(`${path}.activeDeadlineSeconds`, 'activeDeadlineSeconds in StatefulSet is not Supported'));
  }
  return errors;
}

const validateSpec = (spec: Part, path: string): FieldError[] => [
  ...validatePodManagement(spec.podManagementPolicy, `${path}.podManagementPolicy`),
  ...validateStrategy(spec.updateStrategy, `${path}.updateStrategy`),
  ...validateRetention(spec.persistentVolumeClaimRetentionPolicy, `${path}.persistentVolumeClaimRetentionPolicy`),
  ...validateNonNegative(spec.replicas, `${path}.replicas`),
  ...validateNonNegative(spec.minReadySeconds, `${path}.minReadySeconds`),
  ...validateNonNegative(spec.ordinals?.start, `${path}.ordinals.start`),
  ...validateWorkloadSelector(spec.selector, `${path}.selector`, 'statefulset'),
  ...validateTemplate(spec, path),
  ...validateTemplateLife(spec.template?.spec, `${path}.template.spec`),
];

export const validate = ({ spec }: KubeObject): FieldError[] => [
  ...validateSpec(spec, 'spec'),
  ...(spec.serviceName ? validateDnsLabel(spec.serviceName, 'spec.serviceName') : []),
];

const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];
const UNCHANGEABLE_MESSAGE =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

const fixedPart = (spec: Part): Part => Object.fromEntries(Object.entries(spec ?? {}).filter(([field]) => !CHANGEABLE.includes(field)));

export function validateUpdate(statefulSet: KubeObject, old: KubeObject): FieldError[] {
  const errors = validateSpec(statefulSet.spec, 'spec');
  if (!semanticEqual(fixedPart(statefulSet.spec), fixedPart(old.spec))) errors.push(forbiddenField('spec', UNCHANGEABLE_MESSAGE));
  return errors;
}

const COUNTS = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas', 'observedGeneration', 'collisionCount'];

export function validateStatusUpdate({ status = {} }: KubeObject, old: KubeObject): FieldError[] {
  return [
    ...allNonNegative(status, COUNTS, 'status'),
    ...['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'].flatMap((field) =>
      notGreater(status[field], status.replicas, `status.${field}`, 'cannot be greater than status.replicas'),
    ),
    ...notGreater(status.availableReplicas, status.readyReplicas, 'status.availableReplicas', 'cannot be greater than status.readyReplicas'),
    ...notDecremented(status.collisionCount, old.status?.collisionCount, 'status.collisionCount'),
  ];
}
