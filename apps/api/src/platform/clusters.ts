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

/** Bump when what a fresh cluster holds changes: clusters made before keep what they began with. */
const TEMPLATE_VERSION = 10;

/** Makes clusters: rows that point at shared templates. */
export class Clusters {
  private readonly ready = new Map<string, Promise<string>>();

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
    const name = `v${TEMPLATE_VERSION}-${nodes}-${controlPlanes}-${timing}`;
    const known = this.ready.get(name);
    if (known) return known;
    const making = this.makeTemplate(name, { workers: nodes, controlPlanes, timing });
    making.catch(() => this.ready.delete(name));
    this.ready.set(name, making);
    return making;
  }

  private async makeTemplate(name: string, shape: ClusterShape): Promise<string> {
    if (await this.database.store.hasTemplate(name)) return name;
    const fresh = freshCluster(engine, 'template', TEMPLATE_EPOCH, shape, this.caCertificate);
    await this.database.store.putTemplate(name, withTemplateUids(fresh, indexer), this.clock.now());
    return name;
  }
}
