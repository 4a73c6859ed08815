import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export interface ServerOptions {
  dataDir?: string;
  databaseUrl?: string;
  port?: number;
  kubePort?: number;
  env?: Record<string, string>;
}

/** The product as a process of its own, on ports that nobody else has. */
export class Server {
  private child: ChildProcess | undefined;
  output = '';

  private constructor(
    readonly port: number,
    readonly kubePort: number,
    private readonly options: ServerOptions,
  ) {}

  static async start(options: ServerOptions = {}): Promise<Server> {
    const server = new Server(options.port ?? (await freePort()), options.kubePort ?? (await freePort()), options);
    await server.run();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  private async run(): Promise<void> {
    this.child = spawn(process.execPath, ['apps/api/dist/main.js'], { cwd: root, env: this.env(), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (data: Buffer) => (this.output += data));
    const exited = new Promise<never>((_, reject) =>
      this.child?.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${this.output}`))),
    );
    await Promise.race([this.ready(), exited]);
    exited.catch(() => {});
  }

  private env(): NodeJS.ProcessEnv {
    const { dataDir, databaseUrl, env } = this.options;
    return {
      ...process.env,
      PORT: String(this.port),
      KUBE_PORT: String(this.kubePort),
      ...(dataDir ? { VIVAKUBE_DATA: dataDir } : {}),
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : { DATABASE_URL: '' }),
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      ...env,
    };
  }

  private async ready(): Promise<void> {
    for (;;) {
      try {
        if ((await fetch(`${this.url}/readyz`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Without a word, as a power cut to the process would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  private end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    this.child = undefined;
    return new Promise((resolve) => {
      if (!child || child.exitCode !== null) return resolve(child?.exitCode ?? null);
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.run();
  }

  /** A new sandbox; returns the path of its kubeconfig. */
  async sandbox(dir: string, options: object = {}): Promise<string> {
    const response = await fetch(`${this.url}/api/sandboxes`, {
      method: 'POST',
      headers: { accept: 'application/yaml' },
      body: JSON.stringify(options),
    });
    if (response.status !== 201) throw new Error(`no sandbox: ${response.status} ${await response.text()}`);
    const file = join(dir, `kubeconfig-${Math.random().toString(36).slice(2)}`);
    writeFileSync(file, await response.text());
    return file;
  }
}

/** A port that nobody listens on, below the range that outgoing connections take theirs from. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

export interface Output {
  code: number;
  /** Both streams, as a person sees them. */
  text: string;
  stdout: string;
}

/** A real kubectl for one cluster. Every call is a process of its own with a discovery cache of its own directory. */
export class Kubectl {
  constructor(
    private readonly binary: string,
    private readonly kubeconfig: string,
    private readonly cacheDir: string,
  ) {}

  run(command: string | readonly string[], input?: string): Promise<Output> {
    const args = typeof command === 'string' ? words(command) : command;
    const env = { ...process.env, KUBECONFIG: this.kubeconfig, KUBECACHEDIR: this.cacheDir };
    return new Promise((resolve) => {
      const child = execFile(this.binary, [...args], { env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        resolve({ code, text: stdout + stderr, stdout });
      });
      child.stdin?.on('error', () => {});
      child.stdin?.end(input ?? '');
    });
  }

  /** Output of a command that must succeed. */
  async ok(command: string | readonly string[], input?: string): Promise<string> {
    const { code, text, stdout } = await this.run(command, input);
    if (code !== 0) throw new Error(`kubectl ${command} failed with ${code}:\n${text}`);
    return stdout;
  }

  /** What a command says that must fail. */
  async fails(command: string | readonly string[], input?: string): Promise<string> {
    const { code, text } = await this.run(command, input);
    if (code === 0) throw new Error(`kubectl ${command} should have failed:\n${text}`);
    return text;
  }

  /** Repeats a command until it says what is wanted. */
  async until(command: string | readonly string[], wanted: (text: string) => boolean, timeoutMs = 60_000): Promise<string> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const { text } = await this.run(command);
      if (wanted(text)) return text;
      if (Date.now() > end) throw new Error(`kubectl ${command} still says after ${timeoutMs} ms:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** Splits at spaces; single quotes keep words together. */
const words = (command: string): string[] => [...command.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? (match[2] as string));

/** A directory that goes with the test. */
export function scratch(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'vivakube-e2e-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
