import { noteServerDate } from './clock.ts';
import { errorFrom, KubeError } from './error.ts';
import { pathOf } from './resource.ts';
import type { KubeObject, Resource } from './types.ts';

export const fieldManager = 'vivakube-dashboard';

export const contentTypes = {
  json: 'application/json',
  jsonPatch: 'application/json-patch+json',
  mergePatch: 'application/merge-patch+json',
  strategicMergePatch: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export interface Call {
  method?: string;
  body?: string;
  contentType?: string;
  accept?: string;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  code: number;
  warnings: string[];
}

/** The Kubernetes API of one cluster, on this origin; the cookie of the cluster is the credential. */
export class KubeClient {
  readonly base: string;
  constructor(readonly clusterId: string) {
    this.base = `/clusters/${encodeURIComponent(clusterId)}`;
  }

  async fetch(path: string, call: Call = {}): Promise<Response> {
    const headers: Record<string, string> = { Accept: call.accept ?? 'application/json' };
    if (call.body !== undefined) headers['Content-Type'] = call.contentType ?? contentTypes.json;
    let response: Response;
    try {
      response = await fetch(this.base + path, { method: call.method ?? 'GET', headers, body: call.body, signal: call.signal, cache: 'no-store' });
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw new KubeError({ kind: 'Status', code: 0, reason: 'Unreachable', message: error instanceof Error ? error.message : String(error) });
    }
    noteServerDate(response.headers.get('Date'));
    if (!response.ok) throw await errorFrom(response);
    return response;
  }

  async send<T>(path: string, call: Call = {}): Promise<Answer<T>> {
    const response = await this.fetch(path, call);
    return { body: (await response.json()) as T, code: response.status, warnings: warningsOf(response.headers.get('Warning')) };
  }

  async get<T>(path: string, call: Call = {}): Promise<T> {
    return (await this.send<T>(path, call)).body;
  }

  object(resource: Resource, namespace: string | undefined, name: string, signal?: AbortSignal): Promise<KubeObject> {
    return this.get(pathOf(resource, namespace, name), { signal });
  }

  patch(path: string, contentType: string, body: unknown, options: { dryRun?: boolean } = {}): Promise<KubeObject> {
    const query = `?fieldManager=${fieldManager}${options.dryRun ? '&dryRun=All' : ''}`;
    return this.get(path + query, { method: 'PATCH', contentType, body: JSON.stringify(body) });
  }

  async remove(path: string): Promise<void> {
    await this.fetch(path, { method: 'DELETE', body: JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' }) });
  }
}

/** `299 - "text"`, several joined by commas; inner quotes arrive backslash-escaped (RFC 7234 5.5). */
export function warningsOf(header: string | null): string[] {
  if (!header) return [];
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1'));
}
