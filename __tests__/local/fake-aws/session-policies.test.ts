import { SessionPolicies } from '../../../local/fake-aws/session-policies';

const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

function isAllowed(policy: string | null, action: string): boolean {
  const policies = new SessionPolicies();
  policies.keep('ASIA1', policy);
  try {
    policies.assertAllowed('ASIA1', action);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ status: 403, code: 'AccessDenied' });
    return false;
  }
}

describe('the policy of a session of the embedded organization', () => {
  it('limits the session to the actions that it allows', () => {
    const policy = policyOf(allow(['iam:GetCredentialReport', 'iam:Generate*']));
    expect(isAllowed(policy, 'iam:GetCredentialReport')).toBe(true);
    expect(isAllowed(policy, 'iam:GenerateCredentialReport')).toBe(true);
    expect(isAllowed(policy, 'iam:CreateUser')).toBe(false);
    expect(isAllowed(policy, 'iam:GetCredentialReports')).toBe(false);
  });

  it('denies what it denies, whatever else it allows', () => {
    const deny = { ...allow('iam:CreateUser'), Effect: 'Deny' };
    expect(isAllowed(policyOf(allow('*'), deny), 'iam:CreateUser')).toBe(false);
    expect(isAllowed(policyOf(allow('*'), deny), 'iam:DeleteUser')).toBe(true);
  });

  it('limits nothing when there is none', () => {
    expect(isAllowed(null, 'iam:CreateUser')).toBe(true);
  });

  it.each([
    '{',
    '{}',
    policyOf({ ...allow('*'), Resource: 'arn:aws:iam::111111111111:user/a' }),
    policyOf({ ...allow('*'), Condition: {} }),
  ])('is refused when it cannot be judged: %s', (policy) => {
    expect(() => {
      new SessionPolicies().keep('ASIA1', policy);
    }).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }) as Error);
  });
});
