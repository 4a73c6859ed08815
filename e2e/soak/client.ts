import { readFileSync } from 'node:fs';
import type { Server } from '../harness.ts';

export interface Answer {
  status: number;
  body: KubeObject;
}

export interface KubeObject {
  kind?: string;
  metadata: { name: string; namespace?: string; uid: string; resourceVersion: string };
  items?: KubeObject[];
  resources?: { name: string; kind: string; verbs: string[] }[];
  groups?: { name: string; preferredVersion: { groupVersion: string } }[];
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  data?: Record<string, string>;
  message?: string;
}

const ANSWER_MS_MAX = 20_000;

/** One cluster through several servers that come and go. */
export class Client {
  private readonly path: string;
  private readonly headers: Record<string, string>;
  private turn = 0;

  constructor(
    private readonly servers: readonly Server[],
    readonly kubeconfig: string,
  ) {
    const text = readFileSync(kubeconfig, 'utf8');
    this.path = new URL(/server: (\S+)/.exec(text)?.[1] as string).pathname;
    this.headers = { authorization: `Bearer ${/token: (\S+)/.exec(text)?.[1]}` };
  }

  /** The next server in turn: whichever answers has to know everything that any of them has said. */
  private get base(): string {
    return (this.servers[this.turn++ % this.servers.length] as Server).url + this.path;
  }

  /** The answer, or undefined where none came: the server may have died before or after it was done. */
  async ask(method: string, path: string, body?: object): Promise<Answer | undefined> {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    try {
      const response = await fetch(this.base + path, {
        method,
        headers: { ...this.headers, 'content-type': contentType },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      return { status: response.status, body: (await response.json()) as KubeObject };
    } catch {
      return undefined;
    }
  }

  /** Repeats a read until it is answered. */
  async read(path: string): Promise<Answer> {
    const end = Date.now() + 60_000;
    for (;;) {
      const answer = await this.ask('GET', path);
      if (answer && answer.status < 500) return answer;
      if (Date.now() > end) throw new Error(`GET ${path}: ${answer ? `${answer.status} ${answer.body.message}` : 'no answer'} for a minute`);
      await pause(100);
    }
  }

  /** Whatever a stream says until it ends. */
  async text(path: string): Promise<string> {
    const response = await this.watch(path, AbortSignal.timeout(ANSWER_MS_MAX));
    return response.text();
  }

  watch(path: string, signal: AbortSignal): Promise<Response> {
    return fetch(this.base + path, { headers: this.headers, signal });
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
