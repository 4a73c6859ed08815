import { duplicate, type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateDnsLabel } from '../fields.ts';
import { isDns1123Subdomain } from '../names.ts';
import { byteLength } from '../text.ts';
import type { PodRules } from './rules.ts';
import { VOLUME_SOURCES } from './volume-sources.ts';

export interface CheckedVolumes {
  /** Those without an error: only they can be mounted. */
  volumes: Map<string, Part>;
  errors: FieldError[];
}

/** Models ValidateVolumes. */
export function validateVolumes(list: Part[] | undefined, path: string, rules: PodRules): CheckedVolumes {
  const volumes = new Map<string, Part>();
  const errors: FieldError[] = [];
  const claimsMade = new Set(rules.podName ? (list ?? []).filter((v) => v.ephemeral).map((v) => `${rules.podName}-${v.name}`) : []);
  for (const [i, volume] of (list ?? []).entries()) {
    const at = `${path}[${i}]`;
    const name: string = volume.name ?? '';
    const own = validateSource(volume, at, rules);
    own.push(...(name === '' ? [required(`${at}.name`)] : validateDnsLabel(name, `${at}.name`)));
    if (volumes.has(name)) own.push(duplicate(`${at}.name`, name));
    if (own.length === 0) volumes.set(name, volume);
    errors.push(...own);
    const claim: string | undefined = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && claimsMade.has(claim)) {
      errors.push(invalid(`${at}.persistentVolumeClaim.claimName`, claim, 'must not reference a PVC that gets created for an ephemeral volume'));
    }
  }
  return { volumes, errors };
}

/** Exactly one source. Models validateVolumeSource. */
function validateSource(volume: Part, path: string, rules: PodRules): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  for (const source of VOLUME_SOURCES) {
    const value = volume[source.field];
    if (value === undefined) continue;
    if (found++ > 0) errors.push(forbiddenField(`${path}.${source.secondPath ?? source.field}`, 'may not specify more than 1 volume type'));
    else {
      errors.push(...source.validate(value, `${path}.${source.path ?? source.field}`));
      if (source.field === 'ephemeral') errors.push(...validateEphemeralName(volume, path, rules));
    }
    if (source.field === 'iscsi') errors.push(...validateInitiatorName(volume, path));
  }
  if (found === 0) errors.push(required(path, 'must specify a volume type'));
  return errors;
}

const PORTAL_BYTES_MAX = 64;

/** The node names a device after both. */
function validateInitiatorName({ name = '', iscsi }: Part, path: string): FieldError[] {
  if (iscsi.initiatorName === undefined || byteLength(`${name}:${iscsi.targetPortal ?? ''}`) <= PORTAL_BYTES_MAX) return [];
  const detail = `Total length of <volume name>:<iscsi.targetPortal> must be under ${PORTAL_BYTES_MAX} characters if iscsi.initiatorName is specified.`;
  return [invalid(`${path}.name`, name, detail)];
}

function validateEphemeralName(volume: Part, path: string, rules: PodRules): FieldError[] {
  if (!rules.podName || !volume.name) return [];
  const claim = `${rules.podName}-${volume.name}`;
  return eachInvalid(
    `${path}.name`,
    volume.name,
    isDns1123Subdomain(claim).map((m) => `PVC name "${claim}": ${m}`),
  );
}
