import { describe, expect, it } from 'vitest';
import { CostExceeded, compile, DYN, declare, fromJson, INT, listOf, Meter, mapOf, STRING, scopeOf, toJson, type Value } from './index.ts';
import { plainText } from './library/format.ts';

const SELF = {
  a: 1,
  name: 'web-1',
  ratio: 0.5,
  list: [3, 1, 2],
  labels: { app: 'web', 'a/b': 'c' },
  'with-dash': true,
  namespace: 'n',
  at: '2026-01-02T03:04:05Z',
  nested: {
    items: [
      { name: 'x', port: 80 },
      { name: 'y', port: 443 },
    ],
  },
  nothing: null,
};

function run(source: string, steps = 1_000_000): string {
  const compiled = compile(source, declare({ self: DYN }));
  if ('error' in compiled) return compiled.error;
  try {
    return plainText(compiled.program.run(scopeOf({ self: fromJson(SELF, DYN) }), new Meter(steps)) as Value);
  } catch (error) {
    return `! ${(error as Error).message}`;
  }
}

describe('expressions', () => {
  it.each([
    ['self.a + 1', '2'],
    ['self.a == 1.0 && self.a < 1.5', 'true'],
    ['self.list.all(x, x > 0) && self.list.exists_one(x, x == 3)', 'true'],
    ['self.list.map(x, x * 2)', '[6, 2, 4]'],
    ['self.list.map(x, x > 1, x * 2)', '[6, 4]'],
    ['self.list.filter(x, x > 1).size()', '2'],
    ['self.list.sum() + self.list.min() + self.list.max()', '10'],
    ['self.list.exists(i, v, i == 2 && v == 2)', 'true'],
    ['self.list.transformList(i, v, i + v)', '[3, 2, 4]'],
    ['self.labels.transformMap(k, v, v + k)', '{a/b: ca/b, app: webapp}'],
    ['[1, 2].isSorted() && !self.list.isSorted()', 'true'],
    ['2 in self.list && "app" in self.labels', 'true'],
    ['self.labels["a/b"]', 'c'],
    ['self.with__dash__dash && self.__namespace__ == "n"', 'true'],
    ['self.with__dash__ || true', 'true'],
    ['self.name.startsWith("web") && self.name.matches("^[a-z]+-[0-9]$")', 'true'],
    ['self.name.find("[0-9]+")', '1'],
    ['self.name.split("-")[0].upperAscii()', 'WEB'],
    ['"%s has %d of %.2f".format([self.name, 3, 0.5])', 'web-1 has 3 of 0.50'],
    ['"añb".substring(1, 2) + string("añb".size())', 'ñ3'],
    ['has(self.missing) ? 1 : 2', '2'],
    ['has(self.nested.items)', 'true'],
    ['self.?missing.orValue("none")', 'none'],
    ['self.?nested.?items[0].name.orValue("?")', 'x'],
    ['self.nested.items[?5].hasValue()', 'false'],
    ['optional.of(2).optMap(x, x + 1).value()', '3'],
    ['cel.bind(x, self.a + 1, x * x)', '4'],
    ['quantity("1Gi").isGreaterThan(quantity("1G")) && quantity("500m").add(quantity("1")).compareTo(quantity("1500m")) == 0', 'true'],
    ['cidr("10.0.0.0/8").containsIP(ip("10.1.2.3")) && ip("::1").family() == 6', 'true'],
    ['url("https://example.com:80/a?b=c").getHostname() + url("https://x/a?b=c").getQuery()["b"][0]', 'example.comc'],
    ['semver("1.2.3-rc.1").isLessThan(semver("1.2.3")) && !isSemver("1.2")', 'true'],
    ['sets.contains([1, 2, 3], [3, 1]) && sets.intersects([1], [1, 2]) && !sets.equivalent([1], [2])', 'true'],
    ['math.greatest(1, 2.5, 2)', '2.5'],
    ['duration("1h30m") > duration("80m") ? string(duration("90s")) : ""', '90s'],
    ['timestamp(self.at).getFullYear() + timestamp(self.at).getHours("+02:00")', '2031'],
    ['string(timestamp(self.at) + duration("24h"))', '2026-01-03T03:04:05Z'],
    ['!format.dns1123Label().validate("Not_A_Label").hasValue()', 'false'],
    ['type(self.a) == int && type("") == string', 'true'],
    ['self.nothing == null', 'true'],
    ['{"a": 1, "b": [2]}.b[0]', '2'],
    ['dyn(1) == "1"', 'false'],
    ['"%.200f".format([1.5]).size()', '102'],
  ])('%s', (source, expected) => expect(run(source)).toBe(expected));

  it.each([
    ['self.nope', '! no such key: nope'],
    ['self.list[5]', '! index out of bounds: 5'],
    ['1 / 0', '! division by zero'],
    ['9223372036854775807 + 1', '! integer overflow'],
    ['self.a + "x"', '! no such overload'],
    ['self.nope == 1 || self.a == 1', 'true'],
    ['self.list.exists(x, x == 1 || self.nope)', 'true'],
    ['self.list.all(x, self.nope == x)', '! no such key: nope'],
    ['self.name.matches("(")', '! error parsing regexp: missing closing ): `(`'],
  ])('%s fails as it should', (source, expected) => expect(run(source)).toBe(expected));

  it.each([
    ['self.a ==', /^ERROR: <input>:1:10: Syntax error: mismatched input '<EOF>' expecting \{.*IDENTIFIER\}\n \| self.a ==\n \| \.{9}\^$/],
    ['other.a', "ERROR: <input>:1:1: undeclared reference to 'other' (in container '')\n | other.a\n | ^"],
    ['1 + "a" == 2', "ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'\n | 1 + \"a\" == 2\n | ..^"],
    [
      '"a".startsWith(1)',
      "ERROR: <input>:1:15: found no matching overload for 'startsWith' applied to 'string.(int)'\n | \"a\".startsWith(1)\n | ..............^",
    ],
    ['nope(1)', "ERROR: <input>:1:5: undeclared reference to 'nope' (in container '')\n | nope(1)\n | ....^"],
  ])('%s is refused', (source, expected) => expect(run(source)).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected));

  it('knows the fields of objects', () => {
    const self = {
      kind: 'object' as const,
      name: 'self',
      fields: new Map([
        ['size', INT],
        ['tags', listOf(STRING)],
        ['parts', mapOf(STRING, INT)],
      ]),
    };
    const error = (source: string) => {
      const compiled = compile(source, declare({ self }));
      return 'error' in compiled ? compiled.error.split('\n')[0] : undefined;
    };
    expect(error('self.size > 0 && self.tags.all(t, t != "") && self.parts.all(k, self.parts[k] > 1)')).toBeUndefined();
    expect(error('self.nope > 0')).toBe("ERROR: <input>:1:5: undefined field 'nope'");
    expect(error('self.size == "1"')).toBe("ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(int, string)'");
    expect(error('self.tags.exists(t, t > 1)')).toBe("ERROR: <input>:1:23: found no matching overload for '_>_' applied to '(string, int)'");
    expect(error('has(self.nope)')).toBe("ERROR: <input>:1:9: undefined field 'nope'");
  });

  it.each([
    'self.big.all(x, self.text.indexOf("zz") < 0)',
    'self.big.map(x, self.text).join().size() > 0',
    'self.big.all(x, self.big == self.big.map(y, y))',
    'self.big.all(x, "%s%s%s".format([self.text, self.text, self.text]).size() > 0)',
    'self.big.exists(x, (self.text + "b").matches("^(a|aa)+$"))',
  ])('pays for what it does: %s', (source) => {
    const compiled = compile(source, declare({ self: DYN }));
    if ('error' in compiled) throw new Error(compiled.error);
    const self = fromJson({ big: Array.from({ length: 20_000 }, (_, i) => i), text: 'a'.repeat(200_000) }, DYN);
    expect(() => compiled.program.run(scopeOf({ self }), new Meter(1_000_000))).toThrow(CostExceeded);
  });

  it('stops at its limit, and nothing absorbs that', () => {
    const source = 'self.list.all(a, self.list.all(b, self.list.all(c, true))) || true';
    const compiled = compile(source, declare({ self: DYN }));
    if ('error' in compiled) throw new Error(compiled.error);
    expect(() => compiled.program.run(scopeOf({ self: fromJson(SELF, DYN) }), new Meter(20))).toThrow(CostExceeded);
  });
});

describe('what an expression is made of', () => {
  const result = (source: string): unknown => {
    const compiled = compile(source, declare({ o: DYN }));
    if ('error' in compiled) return compiled.error.split('\n')[0];
    const value = compiled.program.run(scopeOf({ o: fromJson({ 'a-b': 1, 'x/y': { z: 2 } }, DYN) }), new Meter(100_000));
    return toJson(value);
  };
  it.each<[string, unknown]>([
    ['1 + 2 * 3 - -4', 11],
    ['0x1F == 31 && 5u == 5u && 1e3 == 1000.0 && .5 < 1.5', true],
    [String.raw`"a\tb\x41\u00e9\101" + r'\n' + '''it's "so"'''`, `a\tbAéA\\nit's "so"`],
    [String.raw`b'\x00\xffé' == b"\000\377\u00e9"`, true],
    ['!!true ? [1, ?o.?nope, ?o.?__proto__] : []', [1]],
    ['{"a": 1, ?"b": o[?"a-b"], ?"c": o.?nope,}', { a: 1, b: 1 }],
    ['o.`a-b` + o.`x/y`.z', 3],
    ['1 // one\n + 1', 2],
    ['.o["a-b"]', 1],
    ['[1, 2, 3].exists(x, x > 2) || o.nope', true],
    ['true ? 1 : false ? 2 : 3', 1],
    ['1 in [1] && !(2 in [1])', true],
    ['-9223372036854775808 < 0', true],
    ['o.', "ERROR: <input>:1:3: Syntax error: mismatched input '<EOF>' expecting IDENTIFIER"],
    ['(1', "ERROR: <input>:1:3: Syntax error: mismatched input '<EOF>' expecting ')'"],
    ['1 2', "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>"],
    ['10.300.1.1', "ERROR: <input>:1:7: Syntax error: mismatched input '.1' expecting <EOF>"],
    ['(1 2)', "ERROR: <input>:1:4: Syntax error: extraneous input '2' expecting ')'"],
    ['"a', `ERROR: <input>:1:1: Syntax error: token recognition error at: '"a'`],
    ['for', 'ERROR: <input>:1:1: Syntax error: reserved identifier: for'],
    ['9223372036854775808', 'ERROR: <input>:1:1: Syntax error: invalid int literal'],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, 'ERROR: <input>:1:251: Syntax error: expression recursion limit exceeded: 250'],
  ])('%s', (source, expected) => expect(result(source)).toEqual(expected));

  it('may be a long chain', () => expect(result(Array.from({ length: 3000 }, () => 'true').join(' && '))).toBe(true));
});
