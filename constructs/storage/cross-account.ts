import type { Deployment } from '../deployment';
import type { Statement } from '../policy';

/** A function that gets access to something in another account. */
export interface Grantee {
  /** Name of its handler. */
  readonly handler: string;
  readonly roleArn: string;
}

/**
 * The same statement for a policy in another account. The role is a condition and not the principal: a principal stops
 * working when the role is recreated (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export function grantedTo(
  { handler, roleArn }: Grantee,
  statement: Statement,
  deployment: Deployment,
): Statement {
  return {
    ...statement,
    Sid: `${statement.Sid}Of${pascalCase(handler)}`,
    Principal: deployment.accountPrincipal(),
    Condition: { ...statement.Condition, ArnEquals: { 'aws:PrincipalArn': roleArn } },
  };
}

function pascalCase(words: string): string {
  return words
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
