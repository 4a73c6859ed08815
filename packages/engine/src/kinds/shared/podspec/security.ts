import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateOptionalEnum } from '../fields.ts';
import { isGroupId, isUserId } from '../formats.ts';
import { goStruct } from '../go/show.ts';
import { validateLocalDescendingPath } from '../paths.ts';
import { byteLength } from '../text.ts';
import { containersWithPath } from './rules.ts';
import { validateWindowsOptions } from './windows.ts';

const optionalId = (id: number | undefined, path: string): FieldError[] => (id === undefined ? [] : eachInvalid(path, id, isUserId(id)));

/** Of a container. Models ValidateSecurityContext. */
export function validateContainerSecurity(context: Part | undefined, path: string, hostUsers: boolean): FieldError[] {
  if (!context) return [];
  return [
    ...optionalId(context.runAsUser, `${path}.runAsUser`),
    ...optionalId(context.runAsGroup, `${path}.runAsGroup`),
    ...validateProcMount(context.procMount, `${path}.procMount`, hostUsers),
    ...validateSeccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...validateEscalation(context, path),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
  ];
}

function validateProcMount(procMount: string | undefined, path: string, hostUsers: boolean): FieldError[] {
  const errors = validateOptionalEnum(procMount, ['Default', 'Unmasked'], path);
  if (procMount === 'Unmasked' && hostUsers) errors.push(invalid(path, procMount, '`hostUsers` must be false to use `Unmasked`'));
  return errors;
}

function validateEscalation(context: Part, path: string): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const errors: FieldError[] = [];
  if (context.privileged)
    errors.push(invalid(path, goStruct('SecurityContext', context), 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'));
  for (const capability of context.capabilities?.add ?? []) {
    if (capability === 'CAP_SYS_ADMIN') {
      errors.push(
        invalid(path, goStruct('SecurityContext', context), 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'),
      );
    }
  }
  return errors;
}

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

export function validateSeccompProfile(profile: Part | undefined, path: string): FieldError[] {
  if (!profile) return [];
  const errors: FieldError[] = [];
  if (!profile.type) errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!PROFILE_TYPES.includes(profile.type)) errors.push(notSupported(`${path}.type`, profile.type, PROFILE_TYPES));
  const at = `${path}.localhostProfile`;
  if (profile.type !== 'Localhost') {
    if (profile.localhostProfile !== undefined)
      errors.push(invalid(at, goStruct('Profile', profile), 'can only be set when seccomp type is Localhost'));
  } else if (profile.localhostProfile === undefined) errors.push(required(at, 'must be set when seccomp type is Localhost'));
  else errors.push(...validateLocalDescendingPath(profile.localhostProfile, at));
  return errors;
}

/** PATH_MAX - 1. */
const PROFILE_PATH_BYTES_MAX = 4095;

export function validateAppArmorProfile(profile: Part | undefined, path: string): FieldError[] {
  if (!profile) return [];
  const at = `${path}.localhostProfile`;
  const name: string | undefined = profile.localhostProfile;
  if (!profile.type) return [required(`${path}.type`, 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.includes(profile.type)) return [notSupported(`${path}.type`, profile.type, PROFILE_TYPES)];
  if (profile.type !== 'Localhost') return name === undefined ? [] : [invalid(at, name, 'can only be set when AppArmor type is Localhost')];
  if (name === undefined || name === '') return [required(at, 'must be set when AppArmor type is Localhost')];
  const errors: FieldError[] = [];
  if (name.trim() !== name) errors.push(invalid(at, name, 'must not be padded with whitespace'));
  if (byteLength(name) > PROFILE_PATH_BYTES_MAX) errors.push(tooLong(at, PROFILE_PATH_BYTES_MAX));
  return errors;
}

/** Of the pod. Models validatePodSpecSecurityContext. */
export function validatePodSecurity(spec: Part, path: string): FieldError[] {
  const context = spec.securityContext;
  if (!context) return [];
  const groups: number[] = context.supplementalGroups ?? [];
  const errors = [
    ...optionalId(context.fsGroup, `${path}.fsGroup`),
    ...optionalId(context.runAsUser, `${path}.runAsUser`),
    ...optionalId(context.runAsGroup, `${path}.runAsGroup`),
    ...groups.flatMap((id, i) => eachInvalid(`${path}.supplementalGroups[${i}]`, id, isGroupId(id))),
  ];
  if (spec.shareProcessNamespace && spec.hostPID) {
    errors.push(invalid(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'));
  }
  return [
    ...errors,
    ...validateSysctls(spec, `${path}.sysctls`),
    ...validateOptionalEnum(context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'], `${path}.fsGroupChangePolicy`),
    ...validateSeccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
    ...validateOptionalEnum(context.supplementalGroupsPolicy, ['Merge', 'Strict'], `${path}.supplementalGroupsPolicy`),
    ...validateOptionalEnum(context.seLinuxChangePolicy, ['MountOption', 'Recursive'], `${path}.seLinuxChangePolicy`),
  ];
}

const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL = `^(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}$`;
const SYSCTL_BYTES_MAX = 253;
const IPC_SYSCTLS = [
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
];

function validateSysctls(spec: Part, path: string): FieldError[] {
  const seen = new Set<string>();
  return ((spec.securityContext.sysctls ?? []) as Part[]).flatMap((sysctl, i) => {
    const name: string = sysctl.name ?? '';
    const at = `${path}[${i}].name`;
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(at));
    else if (name.length > SYSCTL_BYTES_MAX || !new RegExp(SYSCTL).test(name)) {
      errors.push(invalid(at, name, `must have at most ${SYSCTL_BYTES_MAX} characters and match regex ${SYSCTL}`));
    } else if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    const dotted = name.replaceAll('/', '.');
    if (spec.hostNetwork && dotted.startsWith('net.')) errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"));
    else if (spec.hostIPC && (IPC_SYSCTLS.includes(dotted) || dotted.startsWith('fs.mqueue.'))) {
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"));
    }
    return errors;
  });
}

/** A user namespace of its own cannot be had together with namespaces of the host. Models validateHostUsers. */
export function validateHostUsers(spec: Part, path: string): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const why = 'when `hostUsers` is false';
  const errors: FieldError[] = [];
  if (spec.hostNetwork) errors.push(forbiddenField(`${path}.hostNetwork`, why));
  if (spec.hostPID) errors.push(forbiddenField(`${path}.HostPID`, why));
  if (spec.hostIPC) errors.push(forbiddenField(`${path}.HostIPC`, why));
  for (const [container, at] of containersWithPath(spec, path)) {
    if (container.volumeDevices?.length) errors.push(forbiddenField(`${at}.volumeDevices`, why));
  }
  return errors;
}
