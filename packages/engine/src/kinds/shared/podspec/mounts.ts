import { type FieldError, forbiddenField, invalid, notFoundField, notSupported, required } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';
import { validateLocalDescendingPath, validateNoBacksteps } from '../paths.ts';

/** Models ValidateVolumeMounts. */
export function validateVolumeMounts(container: Part, volumes: ReadonlyMap<string, Part>, path: string): FieldError[] {
  const devices: Part[] = container.volumeDevices ?? [];
  const mountPaths = new Set<string>();
  return ((container.volumeMounts ?? []) as Part[]).flatMap((mount, i) => {
    const at = `${path}[${i}]`;
    const name: string = mount.name ?? '';
    const mountPath: string = mount.mountPath ?? '';
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push(notFoundField(`${at}.name`, name));
    if (mountPath === '') errors.push(required(`${at}.mountPath`));
    if (mountPaths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, 'must be unique'));
    mountPaths.add(mountPath);
    if (devices.some((d) => d.name === name)) errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeDevices'));
    if (devices.some((d) => d.devicePath === mountPath)) {
      errors.push(invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
    }
    // Upstream leaves the index out of the paths below.
    return [...errors, ...validateSubPaths(mount, at, path), ...validateMountModes(mount, container, path)];
  });
}

function validateSubPaths(mount: Part, at: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (mount.subPath) errors.push(...validateLocalDescendingPath(mount.subPath, `${path}.subPath`));
  if (mount.subPathExpr) {
    if (mount.subPath) errors.push(invalid(`${at}.subPathExpr`, mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
    errors.push(...validateLocalDescendingPath(mount.subPathExpr, `${path}.subPathExpr`));
  }
  return errors;
}

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE_READ_ONLY = ['Disabled', 'Enabled', 'IfPossible'];

function validateMountModes(mount: Part, container: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const propagation: string | undefined = mount.mountPropagation;
  if (propagation !== undefined) {
    if (!PROPAGATIONS.includes(propagation)) errors.push(notSupported(`${path}.mountPropagation`, propagation, PROPAGATIONS));
    if (propagation === 'Bidirectional' && !container.securityContext?.privileged) {
      errors.push(forbiddenField(`${path}.mountPropagation`, 'Bidirectional mount propagation is available only to privileged containers'));
    }
  }
  const recursive: string | undefined = mount.recursiveReadOnly;
  const at = `${path}.recursiveReadOnly`;
  if (recursive === undefined || recursive === 'Disabled') return errors;
  if (!RECURSIVE_READ_ONLY.includes(recursive)) return [...errors, notSupported(at, recursive, RECURSIVE_READ_ONLY)];
  if (!mount.readOnly) errors.push(forbiddenField(at, 'may only be specified when readOnly is true'));
  if (propagation !== undefined && propagation !== 'None') {
    errors.push(forbiddenField(at, 'may only be specified when mountPropagation is None or not specified'));
  }
  return errors;
}

/** Models ValidateVolumeDevices. */
export function validateVolumeDevices(container: Part, volumes: ReadonlyMap<string, Part>, path: string): FieldError[] {
  const mounts: Part[] = container.volumeMounts ?? [];
  const paths = new Set<string>();
  const names = new Set<string>();
  return ((container.volumeDevices ?? []) as Part[]).flatMap((device, i) => {
    const at = `${path}[${i}]`;
    const name: string = device.name ?? '';
    const devicePath: string = device.devicePath ?? '';
    const volume = volumes.get(name);
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, 'must be unique'));
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      errors.push(invalid(`${at}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'));
    }
    if (!volume) errors.push(notFoundField(`${at}.name`, name));
    if (devicePath === '') errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, 'must be unique'));
    if (devicePath !== '' && validateNoBacksteps(devicePath, at).length > 0) {
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    if (mounts.some((m) => m.name === name)) errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'));
    if (mounts.some((m) => m.mountPath === devicePath)) {
      errors.push(invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name !== '') names.add(name);
    return errors;
  });
}
