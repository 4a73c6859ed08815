import { describe, expect, it } from 'vitest';
import { rebaseTemplate, TEMPLATE_EPOCH, TEMPLATE_UID_PREFIX } from './rebase.ts';

const BORN = 1_767_225_600_500;
const HEAD = JSON.stringify({ v: 1, revision: 9, now: TEMPLATE_EPOCH, seed: 'template', settings: { timing: 'instant' }, queue: [] });
const rebase = (chunk: string, seed = 'a'): string => rebaseTemplate([HEAD, chunk], { seed, bornAt: BORN })[1] as string;

describe('rebaseTemplate', () => {
  it.each([
    ['a timestamp', '5\tk\t{"t":"2001-01-01T00:00:00Z"}', '5\tk\t{"t":"2026-01-01T00:00:00Z"}'],
    ['a later one', '5\tk\t{"t":"2001-01-01T00:01:30Z"}', '5\tk\t{"t":"2026-01-01T00:01:30Z"}'],
    ['microseconds', '5\tk\t{"t":"2001-01-01T00:00:00.000000Z"}', '5\tk\t{"t":"2026-01-01T00:00:00.500000Z"}'],
    ['another day', '5\tk\t{"t":"2001-01-02T00:00:00Z"}', '5\tk\t{"t":"2001-01-02T00:00:00Z"}'],
    ['a timer', `t\tc|k\t${TEMPLATE_EPOCH + 10}`, `t\tc|k\t${BORN + 10}`],
    ['an instant in runtime', `r\tk\t{"at":${TEMPLATE_EPOCH},"n":1978307200000}`, `r\tk\t{"at":${BORN},"n":1978307200000}`],
    ['a number in an object', `5\tk\t{"n":${TEMPLATE_EPOCH}}`, `5\tk\t{"n":${TEMPLATE_EPOCH}}`],
  ])('rewrites %s', (_name, from, to) => expect(rebase(from)).toBe(to));

  it('gives the head the cluster’s seed and birth', () => {
    const [head] = rebaseTemplate([HEAD], { seed: 'a', bornAt: BORN });
    expect(JSON.parse(head as string)).toMatchObject({ revision: 9, now: BORN, seed: 'a' });
  });

  it('gives every cluster uids of its own, the same each time', () => {
    const line = `5\tk\t{"uid":"${TEMPLATE_UID_PREFIX}00000000002a"}`;
    expect(rebase(line)).toMatch(/"uid":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-00000000002a"/);
    expect(rebase(line)).toBe(rebase(line));
    expect(rebase(line)).not.toBe(rebase(line, 'b'));
  });
});
