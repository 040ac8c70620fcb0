import { matchesPattern } from '../../handlers/core/matches-pattern';
import { ServiceError } from './service';

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
}

/**
 * The session policies that came with AssumeRole. They are judged by their actions; resources and conditions, which no
 * session policy of this project has, are refused rather than ignored.
 */
export class SessionPolicies {
  /** By the access key of the session. */
  private readonly statements = new Map<string, Statement[]>();

  /** @throws {@link ServiceError} 400 as STS does, if the text is not a policy */
  keep(accessKeyId: string, policy: string | null): void {
    if (policy !== null) this.statements.set(accessKeyId, statementsOf(policy));
  }

  /** @throws {@link ServiceError} 403 if the session has a policy and it does not allow the action */
  assertAllowed(accessKeyId: string, action: string): void {
    const statements = this.statements.get(accessKeyId);
    if (!statements) return;
    const matching = statements.filter(({ Action }) => [Action].flat().some(isMatch(action)));
    const isAllowed = matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
    if (isAllowed) return;
    const message = `not authorized to perform: ${action} because no session policy allows the ${action} action`;
    throw new ServiceError(403, 'AccessDenied', message);
  }
}

const isMatch = (action: string) => (pattern: string) =>
  matchesPattern(pattern.toLowerCase(), action.toLowerCase());

function statementsOf(policy: string): Statement[] {
  try {
    const { Statement } = JSON.parse(policy) as { Statement: object[] };
    const isKnown = Statement.every((one) => hasOnly(one, ['Sid', 'Effect', 'Action', 'Resource']));
    if (isKnown) return Statement as Statement[];
  } catch {
    // Refused below.
  }
  throw new ServiceError(400, 'MalformedPolicyDocument', `The session policy is not valid here: ${policy}`);
}

const hasOnly = (statement: object, known: readonly string[]) =>
  Object.entries(statement).every(
    ([name, value]) => known.includes(name) && (name !== 'Resource' || value === '*'),
  );
