import type { Volume } from '@vivakube/schema/types/core.v1';
import type { KubeObject } from '../core/object.ts';
import { hostPathKey } from './keys.ts';
import type { PodSync } from './sync.ts';

// Models checkType in pkg/volume/hostpath/host_path.go over the files that a node of this simulation has.

type FileType = 'Directory' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice';

const DIRECTORIES =
  '/bin /boot /dev/disk /dev/pts /dev/shm /etc/cni/net.d /etc/containerd /etc/kubernetes/manifests /etc/kubernetes/pki /etc/ssl/certs /etc/ca-certificates /home /lib/modules /lib64 /media /mnt /opt/cni/bin /proc /root /run/containerd /run/systemd /run/udev /run/lock /sbin /srv /sys/fs/bpf /sys/fs/cgroup /sys/kernel/debug /tmp /usr/bin /usr/lib /usr/libexec /usr/local/bin /usr/local/share/ca-certificates /usr/sbin /usr/share/ca-certificates /var/cache /var/lib/cni /var/lib/containerd /var/lib/etcd /var/lib/kubelet/device-plugins /var/lib/kubelet/plugins /var/lib/kubelet/plugins_registry /var/lib/kubelet/pod-resources /var/lib/kubelet/pods /var/lib/kubelet/pki /var/lib/kubelet/seccomp /var/log/containers /var/log/journal /var/log/pods /var/run /var/tmp';
const FILES =
  '/etc/fstab /etc/group /etc/hostname /etc/hosts /etc/localtime /etc/machine-id /etc/nsswitch.conf /etc/os-release /etc/passwd /etc/resolv.conf /etc/containerd/config.toml /etc/kubernetes/kubelet.conf /run/xtables.lock /usr/lib/os-release /var/lib/kubelet/config.yaml';
const SOCKETS = '/run/containerd/containerd.sock /var/run/containerd/containerd.sock /var/lib/kubelet/device-plugins/kubelet.sock';
const CHARACTER_DEVICES = '/dev/console /dev/fuse /dev/full /dev/kmsg /dev/null /dev/ptmx /dev/random /dev/tty /dev/urandom /dev/zero';

/** What the kernel shows: whatever is looked for below is taken to be a directory of it. */
const KERNEL = /^\/(proc|sys)\//;

const KNOWN: ReadonlyMap<string, FileType> = new Map(
  (
    [
      ['Directory', DIRECTORIES],
      ['File', FILES],
      ['Socket', SOCKETS],
      ['CharDevice', CHARACTER_DEVICES],
    ] as const
  ).flatMap(([type, paths]) => paths.split(' ').flatMap((path) => withParents(path, type))),
);

function withParents(path: string, type: FileType): [string, FileType][] {
  const parents = path.split('/').slice(1, -1);
  return [['/', 'Directory'], ...parents.map((_, i): [string, FileType] => [`/${parents.slice(0, i + 1).join('/')}`, 'Directory']), [path, type]];
}

const DESCRIPTIONS: Record<FileType, string> = {
  Directory: 'directory',
  File: 'file',
  Socket: 'socket file',
  CharDevice: 'character device',
  BlockDevice: 'block device',
};

interface HostPath {
  path: string;
  type: string;
}

/** Why a volume of the node's own files cannot be mounted; what is to be made if it is not there, is made. */
export function hostPathProblem(sync: PodSync, volume: Volume): string | undefined {
  const source = volume.hostPath ?? hostPathOfClaim(sync, volume);
  if (!source) return undefined;
  const { path, type } = { path: clean(source.path), type: source.type ?? '' };
  const found = typeAt(sync, path);
  // Without a type nothing is checked, and the container runtime makes a directory of what it is to mount and does not find.
  const makes: FileType | undefined = type === '' || type === 'DirectoryOrCreate' ? 'Directory' : type === 'FileOrCreate' ? 'File' : undefined;
  if (found === undefined && makes) {
    // Of what a claim's volume makes nothing is kept in mind: it goes with the volume.
    if (volume.hostPath) make(sync, path, makes);
    return undefined;
  }
  if (type === '') return undefined;
  const expected = makes ?? (type as FileType);
  if (found === undefined) return `hostPath ${source.path} doesn't exist`;
  if (found === expected) return undefined;
  return `hostPath type check failed: ${source.path} is not a ${DESCRIPTIONS[expected]}, it's a ${found}`;
}

function hostPathOfClaim({ view, pod }: PodSync, volume: Volume): HostPath | undefined {
  const name = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral ? `${pod.metadata.name}-${volume.name}` : undefined);
  if (!name) return undefined;
  const claim = view.get(`core/persistentvolumeclaims/${pod.metadata.namespace}/${name}`);
  const bound: KubeObject | undefined = claim?.spec?.volumeName ? view.get(`core/persistentvolumes//${claim.spec.volumeName}`) : undefined;
  return bound?.spec?.hostPath;
}

const clean = (path: string): string => `/${path.split('/').filter(Boolean).join('/')}`;

const typeAt = ({ view, node }: PodSync, path: string): FileType | undefined =>
  KNOWN.get(path) ?? view.runtime<FileType>(hostPathKey(node.name, path)) ?? (KERNEL.test(path) ? 'Directory' : undefined);

function make(sync: PodSync, path: string, type: FileType): void {
  for (const [at, what] of withParents(path, type)) if (typeAt(sync, at) === undefined) sync.setRuntime(hostPathKey(sync.node.name, at), what);
}
