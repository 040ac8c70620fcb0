import type { Deployment } from '../deployment';
import type { Statement } from '../policy';

const isOrganization = (reader: string) => reader.startsWith('o-');
const isAccount = (reader: string) => /^\d{12}$/.test(reader);

type Conditions = NonNullable<Statement['Condition']>;

interface Principals {
  /** Ends the `Sid`. */
  readonly kind: string;
  readonly Principal: NonNullable<Statement['Principal']>;
  readonly Condition: Conditions;
}

/**
 * The same statement for the policy of a bucket, a key or a role: once for the roles and accounts among the readers, and once
 * for the organizations.
 * @param readers - as in the environment file
 * @param ownerAccountId - account that owns the bucket, key or role
 */
export const grantedToReaders = (
  readers: readonly string[],
  statement: Statement,
  deployment: Deployment,
  ownerAccountId: string,
): Statement[] =>
  principalsOf(readers, deployment, ownerAccountId).map(({ kind, Principal, Condition }) => ({
    ...statement,
    Sid: `${statement.Sid}By${kind}`,
    Principal,
    Condition: merged(statement.Condition ?? {}, Condition),
  }));

function principalsOf(readers: readonly string[], deployment: Deployment, owner: string): Principals[] {
  const organizations = readers.filter(isOrganization);
  const others = readers.filter((reader) => !isOrganization(reader));
  const roots = others.map((reader) => deployment.accountPrincipal(accountOf(reader)).AWS);
  const named: Principals = {
    kind: 'Readers',
    Principal: { AWS: [...new Set(roots)] },
    // A role as the principal would stop working when it is created again: see `cross-account.ts`.
    Condition: { ArnLike: { 'aws:PrincipalArn': others.map((reader) => arnOf(reader, deployment)) } },
  };
  const organization: Principals = {
    kind: 'Organization',
    Principal: '*',
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': organizations },
      // `*` names every principal of the owner's account itself, which would need no policy of its own any more
      // (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html). There,
      // such a policy is enough without this statement.
      StringNotEquals: { 'aws:PrincipalAccount': owner },
    },
  };
  return [...(others.length > 0 ? [named] : []), ...(organizations.length > 0 ? [organization] : [])];
}

const accountOf = (reader: string) => (isAccount(reader) ? reader : (reader.split(':')[4] ?? ''));

/** A role, or everybody in an account. */
const arnOf = (reader: string, deployment: Deployment) =>
  isAccount(reader) ? deployment.iamArn('*', reader) : reader;

/** Both have to be met. */
function merged(one: Conditions, other: Conditions): Conditions {
  const operators = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...operators].map((operator) => [operator, { ...one[operator], ...other[operator] }]),
  );
}
