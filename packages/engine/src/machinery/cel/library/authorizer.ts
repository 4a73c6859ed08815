import type { AccessQuestion, Decision } from '../../authorize.ts';
import type { Library } from '../overload.ts';
import { Opaque, type Value } from '../values.ts';

const ROOT = 'kubernetes.authorization.Authorizer';
const PATH = 'kubernetes.authorization.PathCheck';
const GROUP = 'kubernetes.authorization.GroupCheck';
const RESOURCE = 'kubernetes.authorization.ResourceCheck';
const DECISION = 'kubernetes.authorization.Decision';
/** What one such question costs a real server. */
const CHECK_STEPS = 350_000;

type Decide = (question: AccessQuestion, serviceAccount?: string) => Decision;

interface Asked {
  decide: Decide;
  account?: string;
  question: AccessQuestion;
}

const EMPTY: AccessQuestion = { verb: '', resource: '', subresource: '', group: '', namespace: '', name: '' };

/** The variable `authorizer`, which asks on behalf of whoever sent the request. */
export const authorizerOf = (decide: Decide): Value => new Opaque(ROOT, 'authorizer', { decide, question: EMPTY } satisfies Asked);

/** The variable `authorizer.requestResource`: the resource that the request is about. */
export const requestResourceOf = (authorizer: Value, about: Partial<AccessQuestion>): Value => {
  const known = (authorizer as Opaque).data as Asked;
  return new Opaque(RESOURCE, RESOURCE, { ...known, question: { ...known.question, ...about } });
};

const refine =
  (type: string, change: (value: string) => Partial<AccessQuestion>) =>
  ([asked, value]: readonly [Opaque, string]): Value => {
    const known = asked.data as Asked;
    return new Opaque(type, type, { ...known, question: { ...known.question, ...change(value) } });
  };

const answer = ([asked, verb]: readonly [Opaque, string]): Value => {
  const { decide, account, question } = asked.data as Asked;
  return new Opaque(DECISION, DECISION, decide({ ...question, verb }, account));
};

/** Models k8s.io/apiserver/pkg/cel/library/authz.go. */
export const AUTHORIZER: Library = {
  [`${ROOT}.path(string): ${PATH}`]: refine(PATH, (path) => ({ path })),
  [`${ROOT}.group(string): ${GROUP}`]: refine(GROUP, (group) => ({ group })),
  [`${ROOT}.serviceAccount(string, string): ${ROOT}`]: ([asked, namespace, name]: readonly [Opaque, string, string]) =>
    new Opaque(ROOT, 'authorizer', { ...(asked.data as Asked), account: `system:serviceaccount:${namespace}:${name}` }),
  [`${GROUP}.resource(string): ${RESOURCE}`]: refine(RESOURCE, (resource) => ({ resource })),
  [`${RESOURCE}.subresource(string): ${RESOURCE}`]: refine(RESOURCE, (subresource) => ({ subresource })),
  [`${RESOURCE}.namespace(string): ${RESOURCE}`]: refine(RESOURCE, (namespace) => ({ namespace })),
  // RBAC, the only authorizer here, pays no attention to selectors.
  [`${RESOURCE}.fieldSelector(string): ${RESOURCE}`]: refine(RESOURCE, () => ({})),
  [`${RESOURCE}.labelSelector(string): ${RESOURCE}`]: refine(RESOURCE, () => ({})),
  [`${RESOURCE}.name(string): ${RESOURCE}`]: refine(RESOURCE, (name) => ({ name })),
  [`${RESOURCE}.check(string): ${DECISION}`]: (args: readonly [Opaque, string], host) => {
    host.spend(CHECK_STEPS);
    return answer(args);
  },
  [`${PATH}.check(string): ${DECISION}`]: (args: readonly [Opaque, string], host) => {
    host.spend(CHECK_STEPS);
    return answer(args);
  },
  [`${DECISION}.allowed(): bool`]: ([decision]: readonly [Opaque]) => (decision.data as Decision).allowed,
  [`${DECISION}.reason(): string`]: ([decision]: readonly [Opaque]) => (decision.data as Decision).reason,
  [`${DECISION}.errored(): bool`]: () => false,
  [`${DECISION}.error(): string`]: () => '',
};
