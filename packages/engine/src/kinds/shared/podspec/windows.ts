import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../fields.ts';
import { isDns1123Subdomain } from '../names.ts';
import { byteLength } from '../text.ts';
import { containersWithPath } from './rules.ts';

const CREDENTIAL_SPEC_KIB_MAX = 64;

/** Models validateWindowsSecurityContextOptions. */
export function validateWindowsOptions(options: Part | undefined, path: string): FieldError[] {
  if (!options) return [];
  const errors: FieldError[] = [];
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options;
  if (name !== undefined) errors.push(...eachInvalid(`${path}.gmsaCredentialSpecName`, name, isDns1123Subdomain(name)));
  if (spec === '') errors.push(invalid(`${path}.gmsaCredentialSpec`, spec, 'gmsaCredentialSpec cannot be an empty string'));
  else if (spec !== undefined && byteLength(spec) > CREDENTIAL_SPEC_KIB_MAX * 1024) {
    errors.push(invalid(`${path}.gmsaCredentialSpec`, spec, `gmsaCredentialSpec size must be under ${CREDENTIAL_SPEC_KIB_MAX} KiB`));
  }
  if (user !== undefined) errors.push(...validateUserName(user, `${path}.runAsUserName`));
  return errors;
}

/** `DOMAIN\user`, or the user alone. */
function validateUserName(name: string, path: string): FieldError[] {
  if (name === '') return [invalid(path, name, 'runAsUserName cannot be an empty string')];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return [invalid(path, name, 'runAsUserName cannot contain control characters')];
  const parts = name.split('\\');
  if (parts.length > 2) return [invalid(path, name, 'runAsUserName cannot contain more than one backslash')];
  const user = parts[parts.length - 1] as string;
  const found = parts.length === 2 ? domainProblems(parts[0] as string) : [];
  if (user === '') found.push('User cannot be empty');
  else if (byteLength(user) > USER_BYTES_MAX) found.push(`User length must not be longer than ${USER_BYTES_MAX} characters`);
  if (/^[. ]+$/.test(user)) found.push('User cannot contain only periods or spaces');
  if (/["/\\[\]:;|=,+*?<>@]/.test(user)) found.push('User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return found.map((what) => invalid(path, name, `runAsUserName's ${what}`));
}

const USER_BYTES_MAX = 104;
const DOMAIN_BYTES_LIMIT = 256;
const NET_BIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const DNS_DOMAIN = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`);

function domainProblems(domain: string): string[] {
  const found: string[] = [];
  if (byteLength(domain) >= DOMAIN_BYTES_LIMIT) found.push(`Domain length must be under ${DOMAIN_BYTES_LIMIT} characters`);
  if (!NET_BIOS.test(domain) && !DNS_DOMAIN.test(domain)) found.push("Domain doesn't match the NetBios nor the DNS format");
  return found;
}

const WINDOWS_POD_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const WINDOWS_POD = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'];
const WINDOWS_CONTAINER_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

const isSet = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** A pod that says which operating system it is for may only use what that system has. Models validateLinux and validateWindows. */
export function validateOsFields(spec: Part, path: string): FieldError[] {
  const forbid = (owner: Part | undefined, names: string[], at: string, why: string): FieldError[] =>
    names.filter((n) => isSet(owner?.[n])).map((n) => forbiddenField(`${at}.${n}`, why));
  const linux = spec.os.name === 'linux';
  const why = linux ? 'windows options cannot be set for a linux pod' : 'cannot be set for a windows pod';
  const errors = forbid(spec.securityContext, linux ? ['windowsOptions'] : WINDOWS_POD_CONTEXT, `${path}.securityContext`, why);
  if (!linux)
    errors.push(
      ...forbid(
        {
          ...spec,
          hostPID: spec.hostPID || undefined,
          hostIPC: spec.hostIPC || undefined,
        },
        WINDOWS_POD,
        path,
        why,
      ),
    );
  for (const [container, at] of containersWithPath(spec, path)) {
    errors.push(...forbid(container.securityContext, linux ? ['windowsOptions'] : WINDOWS_CONTAINER_CONTEXT, `${at}.securityContext`, why));
  }
  return errors;
}

/** Host process containers: all of a pod's or none. Models validateWindowsHostProcessPod. */
export function validateHostProcess(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const ofPod: boolean | undefined = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let hostProcesses = 0;
  for (const [container, at] of containersWithPath(spec, path)) {
    containers++;
    const own: boolean | undefined = container.securityContext?.windowsOptions?.hostProcess;
    if (own !== undefined && ofPod !== undefined && own !== ofPod) {
      const why = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.push(invalid(`${at}.securityContext.windowsOptions.hostProcess`, own, why));
    }
    if (own ?? ofPod) hostProcesses++;
  }
  if (hostProcesses === 0) return errors;
  if (hostProcesses !== containers) {
    errors.push(invalid(path, '', 'If pod contains any hostProcess containers then all containers must be HostProcess containers'));
  }
  if (!spec.hostNetwork) errors.push(invalid(`${path}.hostNetwork`, false, 'hostNetwork must be true if pod contains any hostProcess containers'));
  return errors;
}
