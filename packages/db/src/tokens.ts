import { randomBytes } from 'node:crypto';
import { sha256 } from './codec.ts';
import { json, type Sql } from './sql.ts';
import type { TokenHolder, TokenStore } from './store.ts';

const COLUMNS = 'id, cluster_id as "clusterId", user_name as "userName", groups, created_at as "createdAt", expires_at as "expiresAt"';
const VALID = '(expires_at is null or expires_at > $2) and revoked_at is null';

/** 256 bits of chance need no salt and no slow hash. */
const TOKEN_BYTES = 32;

export const tokenStore = (sql: Sql): TokenStore => ({
  async issue(clusterId, holder) {
    const token = `vk_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const id = randomBytes(8).toString('hex');
    await sql.query(
      `insert into tokens (cluster_id, hash, id, user_name, groups, created_at, expires_at) values ($1, $2, $3, $4, $5::text::jsonb, $6, $7)`,
      [clusterId, sha256(token), id, holder.userName, json(holder.groups), holder.at, holder.expiresAt ?? null],
    );
    return { token, id };
  },
  async find(clusterId, token, now) {
    const [found] = await sql.query<TokenHolder>(`select ${COLUMNS} from tokens where cluster_id = $1 and hash = $3 and ${VALID}`, [
      clusterId,
      now,
      sha256(token),
    ]);
    return found;
  },
  list: (clusterId, now) =>
    sql.query<TokenHolder>(`select ${COLUMNS} from tokens where cluster_id = $1 and ${VALID} order by created_at, id`, [clusterId, now]),
  async revoke(clusterId, id, at) {
    const revoked = await sql.query('update tokens set revoked_at = $3 where cluster_id = $1 and id = $2 and revoked_at is null returning id', [
      clusterId,
      id,
      at,
    ]);
    return revoked.length > 0;
  },
});
