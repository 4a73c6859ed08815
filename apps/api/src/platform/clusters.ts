import { randomBytes } from 'node:crypto';
import type { Database } from '@vivakube/db';
import { TEMPLATE_EPOCH } from '@vivakube/db';
import { type ClusterShape, engine, freshCluster, indexer, NODES_MAX, withTemplateUids } from '@vivakube/engine';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { clusterId, friendlyName } from './names.ts';

export const SandboxRequest = z
  .object({
    /** Workers; 0 is a bare control plane. */
    nodes: z.number().int().min(0).max(NODES_MAX).default(2),
    /** Nodes of the control plane; none where there are no workers. */
    controlPlanes: z.union([z.literal(1), z.literal(3)]).default(1),
    timing: z.enum(['realistic', 'instant']).default('realistic'),
    name: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a lower case DNS label')
      .optional(),
  })
  .strict();

export type SandboxOptions = z.infer<typeof SandboxRequest>;

export interface Sandbox {
  id: string;
  name: string;
  token: string;
  expiresAt: number;
}

/** What the bundle is made of, in short; put in by the build. Another build may make other clusters, those made before keep what they began with. */
declare const VIVAKUBE_BUILD: string | undefined;
const BUILD = typeof VIVAKUBE_BUILD === 'string' ? VIVAKUBE_BUILD : undefined;

/** Templates are asked for anew so often: what no process asks for is dropped in the end. */
const ASK_AGAIN_MS = 3_600_000;

/** Makes clusters: rows that point at shared templates. */
export class Clusters {
  private readonly ready = new Map<string, { askedAt: number; name: Promise<string> }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly caCertificate: string,
  ) {}

  async createSandbox(options: SandboxOptions, lifetimeMs: number): Promise<Sandbox> {
    const at = this.clock.now();
    const expiresAt = at + lifetimeMs;
    const id = clusterId();
    const name = options.name ?? friendlyName();
    const created = await this.database.store.create({
      id,
      owner: 'anonymous',
      name,
      seed: randomBytes(16).toString('hex'),
      settings: { timing: options.timing },
      template: await this.template(options),
      at,
      expiresAt,
    });
    if (created !== 'created') throw new Error(`cluster id ${id} is taken`);
    const holder = { userName: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'], at, expiresAt };
    const { token } = await this.database.tokens.issue(id, holder);
    return { id, name, token, expiresAt };
  }

  /** The template of a shape; the first use on a database makes it. */
  private template({ nodes, controlPlanes, timing }: SandboxOptions): Promise<string> {
    const shape = `${nodes}-${controlPlanes}-${timing}`;
    const askedAt = this.clock.now();
    const known = this.ready.get(shape);
    if (known && askedAt - known.askedAt < ASK_AGAIN_MS) return known.name;
    const name = this.makeTemplate(`${BUILD ?? 'source'}-${shape}`, { workers: nodes, controlPlanes, timing });
    name.catch(() => this.ready.delete(shape));
    this.ready.set(shape, { askedAt, name });
    return name;
  }

  private async makeTemplate(name: string, shape: ClusterShape): Promise<string> {
    const { store } = this.database;
    // Without a build nobody knows whether the code has changed since.
    if (BUILD !== undefined && (await store.useTemplate(name, this.clock.now()))) return name;
    const fresh = freshCluster(engine, 'template', TEMPLATE_EPOCH, shape, this.caCertificate);
    await store.putTemplate(name, withTemplateUids(fresh, indexer), this.clock.now());
    return name;
  }
}
