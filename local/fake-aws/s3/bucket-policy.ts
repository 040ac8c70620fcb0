/** The statements of a bucket policy that deny something. What is allowed is not decided here. */
import { matchesPattern } from '../../../handlers/core/matches-pattern';
import { ServiceError } from '../service';

export interface DenyStatement {
  readonly Effect: 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyCall {
  /** As policies name it, such as `s3:PutObject`. */
  readonly action: string;
  /** Bucket, slash and key; only the bucket if the call is about no object. */
  readonly path: string;
  /** Condition keys; a key that is absent or undefined is not in the context of the call. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** @throws an `AccessDenied` if a statement denies the call */
export function assertNotDenied(policy: readonly DenyStatement[], call: PolicyCall): void {
  if (!policy.some((statement) => denies(statement, call))) return;
  const message = `not authorized to perform: ${call.action} on resource: ${call.path} with an explicit deny in a resource-based policy`;
  throw new ServiceError(403, 'AccessDenied', message);
}

function denies({ Action, Resource, Condition = {} }: DenyStatement, { action, path, context }: PolicyCall) {
  return (
    [Action].flat().some((pattern) => matchesPattern(pattern, action)) &&
    [Resource].flat().some((arn) => matchesPattern(arn.replace(/^arn:[^:]*:s3:::/, ''), path)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) => holds(operator, [expected].flat(), context[key])),
    )
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(operator: string, expected: readonly string[], found: string | undefined): boolean {
  if (operator === 'Null') return expected.includes(String(found === undefined));
  if (operator === 'NumericLessThan') return expected.some((limit) => Number(found) < Number(limit));
  const [, kind, not, ifExists] = /^(String|Arn|Bool)(Not)?(?:Equals|Like)?(IfExists)?$/.exec(operator) ?? [];
  if (kind === undefined) throw new Error(`The condition operator ${operator} is not supported`);
  if (found === undefined) return (not ?? ifExists) !== undefined;
  const compare = operator.includes('Like') ? matchesPattern : (one: string, other: string) => one === other;
  const isExpected = expected.some((value) => compare(value, found));
  return not === undefined ? isExpected : !isExpected;
}
