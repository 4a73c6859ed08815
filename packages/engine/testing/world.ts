import { parseAllDocuments } from 'yaml';
import { type ClusterShape, freshCluster } from '../src/bootstrap.ts';
import type { ClusterDelta } from '../src/core/delta.ts';
import type { ClusterEvent } from '../src/core/event.ts';
import { fromCivil, type Instant } from '../src/core/instant.ts';
import type { KubeObject } from '../src/core/object.ts';
import type { ClusterSettings, ClusterState } from '../src/core/state.ts';
import { engine } from '../src/engine.ts';
import { type ApiAnswer, type ApiRequest, type ApiResponse, Query } from '../src/machinery/request.ts';
import { step } from '../src/step.ts';

export interface WorldOptions {
  workers?: number;
  controlPlanes?: 1 | 3;
  timing?: ClusterSettings['timing'];
  /** Whether kube-system holds its pods; most tests want an empty cluster. */
  system?: boolean;
  seed?: string;
  at?: Instant;
  state?: ClusterState;
}

export interface Answer {
  code: number;
  /** Parsed JSON body. */
  body: any;
  headers: readonly (readonly [string, string])[];
}

export const EPOCH = fromCivil(2026, 1, 1);
export const ADMIN = { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
const encoder = new TextEncoder();

const templates = new Map<string, ClusterState>();

/** Worlds that begin at EPOCH share a template of their shape, as clusters do: what is in it takes longer to write than most tests. */
function fresh(seed: string, at: Instant, shape: ClusterShape): ClusterState {
  if (at !== EPOCH) return freshCluster(engine, seed, at, shape, 'CA');
  const name = `${shape.workers}/${shape.controlPlanes}/${shape.timing}/${shape.system}`;
  const known = templates.get(name) ?? freshCluster(engine, 'template', EPOCH, shape, 'CA');
  templates.set(name, known);
  return { ...known, seed, lineage: undefined };
}

/** A cluster to try things on: requests as a client sends them, and time that passes when told to. */
export class World {
  state: ClusterState;
  now: Instant;
  readonly events: ClusterEvent[] = [];
  readonly deltas: ClusterDelta[] = [];

  constructor(options: WorldOptions = {}) {
    this.now = options.at ?? options.state?.now ?? EPOCH;
    this.state =
      options.state ??
      fresh(options.seed ?? 'world', this.now, {
        workers: options.workers ?? 2,
        controlPlanes: options.controlPlanes ?? 1,
        timing: options.timing ?? 'instant',
        system: options.system ?? false,
      });
  }

  /** Lets time pass. */
  advance(ms: number): this {
    this.now += ms;
    for (let caughtUp = false; !caughtUp; ) caughtUp = this.run().caughtUp;
    return this;
  }

  /** One step, of which it may take several to come to the present. */
  run(request?: ApiRequest): ReturnType<typeof step> {
    const result = step(engine, this.state, { at: this.now, ...(request ? { request } : {}) });
    this.state = result.state;
    this.events.push(...result.events);
    if (result.delta) this.deltas.push(result.delta);
    return result;
  }

  respond(method: string, url: string, body?: unknown, headers: Partial<ApiRequest> = {}): ApiResponse {
    const cut = url.indexOf('?');
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const request: ApiRequest = {
      method,
      path: cut < 0 ? url : url.slice(0, cut),
      query: new Query(cut < 0 ? '' : url.slice(cut)),
      accept: 'application/json',
      contentType: 'application/json',
      userAgent: 'test/1.0',
      body: encoder.encode(text),
      user: ADMIN,
      ...headers,
    };
    for (;;) {
      const { response } = this.run(request);
      if (!response) continue;
      for (let settled = this.state.queue.length === 0; !settled; settled = this.state.queue.length === 0) this.run();
      return response;
    }
  }

  request(method: string, url: string, body?: unknown, headers: Partial<ApiRequest> = {}): Answer {
    const response = this.respond(method, url, body, headers);
    if (response.type !== 'answer') throw new Error(`${url} is a watch`);
    return { code: response.status, body: parsed(response), headers: response.headers };
  }

  /** Server-side apply of every document of a YAML text or object; throws what the server refuses. */
  apply(manifest: string | object): KubeObject[] {
    const documents = typeof manifest === 'string' ? parseAllDocuments(manifest).map((d) => d.toJS()) : [manifest];
    return documents.filter(Boolean).map((document) =>
      this.expect(
        this.request('PATCH', `${this.urlOf(document)}/${document.metadata.name}?fieldManager=test&force=true`, document, {
          contentType: 'application/apply-patch+yaml',
        }),
      ),
    );
  }

  create(object: KubeObject): KubeObject {
    return this.expect(this.request('POST', this.urlOf(object), object));
  }

  private expect({ code, body }: Answer): KubeObject {
    if (code >= 300) throw new Error(`${code} ${body.message}`);
    return body;
  }

  urlOf(object: { apiVersion: string; kind: string; metadata?: { namespace?: string } }): string {
    const kind = engine.machine.registry.forKind(object.apiVersion, object.kind);
    if (!kind) throw new Error(`no kind ${object.apiVersion} ${object.kind}`);
    const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
    return kind.scope === 'Namespaced' ? `${root}/namespaces/${object.metadata?.namespace ?? 'default'}/${kind.plural}` : `${root}/${kind.plural}`;
  }

  /** An object by its key, `core/pods/default/web`. */
  object(key: string): KubeObject | undefined {
    return this.state.objects.get(key)?.object;
  }

  /** Objects of a resource, `core/pods`, in a namespace or everywhere. */
  objects(resource: string, namespace?: string): KubeObject[] {
    return [...this.state.objects.values(namespace ? `${resource}/${namespace}/` : `${resource}/`)].map((stored) => stored.object);
  }
}

const parsed = ({ body }: ApiAnswer): unknown => {
  const text = typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : body.join('');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const world = (options?: WorldOptions): World => new World(options);
