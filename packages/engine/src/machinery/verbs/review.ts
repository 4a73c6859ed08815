import { aggregate, decide, rulesFor } from '../authorize.ts';
import { invalidObject } from '../field.ts';
import { authenticateToken } from '../identity/authenticate.ts';
import type { ReviewContext } from '../kind.ts';
import { nodeOf } from '../node-authorizer.ts';
import { type ApiAnswer, JSON_TYPE, jsonAnswer, warningHeader } from '../request.ts';
import { notAcceptable } from '../status.ts';
import { sentObject } from './body.ts';
import type { Call } from './context.ts';

/** A question posted as an object: answered in its status, stored nowhere. */
export function review(call: Call): ApiAnswer {
  const { kind, request, txn, path, accepted } = call;
  // An answer without metadata is no row.
  if (accepted.form !== 'object') throw notAcceptable([JSON_TYPE, 'application/yaml', 'application/vnd.kubernetes.protobuf']);
  const object = sentObject(call);
  const errors = kind.validate?.(object) ?? [];
  if (errors.length > 0) throw invalidObject(kind.group, kind.kind, '', errors);
  const context: ReviewContext = {
    user: request.user,
    namespace: path.namespace,
    decide: (user, question) => decide(txn, user, question),
    authenticate: (token, audiences) => authenticateToken(txn, token, audiences),
    rules: (user, namespace) => {
      const missing: string[] = [];
      const rules = [...rulesFor(txn, user, namespace, missing)].map(({ rule }) => rule);
      // Models RulesFor of the node authorizer.
      if (nodeOf(user) !== undefined) missing.push('node authorizer does not support user rule resolution');
      return { rules, problem: aggregate(missing) };
    },
  };
  const reviewed = (kind.review as NonNullable<typeof kind.review>)(object, context);
  return jsonAnswer(201, reviewed, call.warnings.map(warningHeader));
}
