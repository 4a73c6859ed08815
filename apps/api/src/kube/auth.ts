import type { TokenStore } from '@vivakube/db';
import type { UserInfo } from '@vivakube/engine';
import type { Clock } from '../clock.ts';

const CACHE_MS = 1000;
const CACHE_MAX = 10_000;

/** Who holds which token. Remembered for a second, so that a revocation is felt everywhere within one. */
export class Authenticator {
  private readonly known = new Map<string, { user: UserInfo | undefined; until: number }>();

  constructor(
    private readonly tokens: TokenStore,
    private readonly clock: Clock,
  ) {}

  async user(clusterId: string, token: string): Promise<UserInfo | undefined> {
    const now = this.clock.now();
    const key = `${clusterId}\u0000${token}`;
    const cached = this.known.get(key);
    if (cached && cached.until > now) return cached.user;
    const holder = await this.tokens.find(clusterId, token, now);
    const user = holder && { username: holder.userName, groups: holder.groups };
    if (this.known.size >= CACHE_MAX) this.known.clear();
    this.known.set(key, { user, until: now + CACHE_MS });
    return user;
  }
}

export const cookieName = (clusterId: string): string => `vk_${clusterId}`;

export interface Credentials {
  token: string;
  /** A cookie is sent by the browser on its own, so writes with one must prove where they come from. */
  byCookie: boolean;
}

const WEBSOCKET_BEARER = 'base64url.bearer.authorization.k8s.io.';

/** The token of a request: bearer header, browsers' WebSocket subprotocol, or the dashboard's cookie. */
export function credentials(headers: { get(name: string): string | null | undefined }, clusterId: string): Credentials | undefined {
  const bearer = /^bearer +(.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer) return { token: bearer.trim(), byCookie: false };
  const protocol = (headers.get('sec-websocket-protocol') ?? '').split(',').map((p) => p.trim());
  const encoded = protocol.find((p) => p.startsWith(WEBSOCKET_BEARER))?.slice(WEBSOCKET_BEARER.length);
  if (encoded) return { token: Buffer.from(encoded, 'base64url').toString(), byCookie: false };
  const name = `${cookieName(clusterId)}=`;
  const cookie = (headers.get('cookie') ?? '').split(/; */).find((c) => c.startsWith(name));
  return cookie ? { token: cookie.slice(name.length), byCookie: true } : undefined;
}

/** Whether a request that a browser might have been tricked into comes from this very site. */
export function sameOrigin(headers: { get(name: string): string | null | undefined }): boolean {
  const origin = headers.get('origin');
  if (!origin) return false;
  try {
    return new URL(origin).host === headers.get('host');
  } catch {
    return false;
  }
}
