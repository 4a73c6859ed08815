import { expect, it } from 'vitest';
import { instanceStore } from '../../src/instance.ts';
import { tokenStore } from '../../src/tokens.ts';
import { freshId, START, type Subject } from './subject.ts';

/** Tokens and what belongs to the whole instance. */
export function instance({ connect }: Subject): void {
  it('knows the holder of a token until it expires or is revoked', async () => {
    const tokens = tokenStore(connect());
    const [id, other] = [freshId(), freshId()];
    const issued = await tokens.issue(id, { userName: 'jane', groups: ['dev', 'system:masters'], at: START, expiresAt: START + 10 });
    const lasting = await tokens.issue(id, { userName: 'joe', groups: [], at: START + 1 });
    expect(await tokens.find(id, issued.token, START + 9)).toEqual({
      id: issued.id,
      clusterId: id,
      userName: 'jane',
      groups: ['dev', 'system:masters'],
      createdAt: START,
      expiresAt: START + 10,
    });
    expect(await tokens.find(other, issued.token, START)).toBeUndefined();
    expect(await tokens.find(id, `${issued.token}x`, START)).toBeUndefined();
    expect(await tokens.find(id, issued.token, START + 10)).toBeUndefined();
    expect((await tokens.list(id, START)).map((holder) => holder.userName)).toEqual(['jane', 'joe']);
    expect(await tokens.revoke(id, lasting.id, START + 2)).toBe(true);
    expect(await tokens.revoke(id, lasting.id, START + 2)).toBe(false);
    expect(await tokens.find(id, lasting.token, START + 3)).toBeUndefined();
    const rows = await connect().query<{ row: string }>('select tokens::text as row from tokens where cluster_id = $1', [id]);
    expect(rows.some(({ row }) => row.includes(issued.token))).toBe(false);
  });

  it('makes an instance secret once', async () => {
    const [a, b] = [instanceStore(connect()), instanceStore(connect())];
    const name = freshId();
    const found = await Promise.all([a.secret(name, () => 'one', START), b.secret(name, async () => 'two', START)]);
    expect(found[0]).toBe(found[1]);
    expect(await a.secret(name, () => 'three', START)).toBe(found[0]);
    expect(await a.setting(name)).toBeUndefined();
    await a.setSetting(name, { quota: 3, list: ['"quoted"'] });
    await a.setSetting(name, { quota: 4, list: ['"quoted"'] });
    expect(await b.setting(name)).toEqual({ quota: 4, list: ['"quoted"'] });
  });
}
