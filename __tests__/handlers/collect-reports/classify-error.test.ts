import { classifyError, toFailure } from '../../../handlers/collect-reports/classify-error';

const account = '123456789012';
const named = (name: string, message = 'no') => Object.assign(new Error(message), { name });

describe('an error of an account', () => {
  it.each([
    ['assume-role', 'role-not-assumable'],
    ['report', 'denied'],
    ['store', 'not-stored'],
  ] as const)('is final when the step %s is refused', (step, reason) => {
    for (const name of ['AccessDenied', 'AccessDeniedException']) {
      const detail = `${name}: no`;
      expect(classifyError(account, step, named(name))).toEqual({
        account,
        outcome: 'failed',
        reason,
        detail,
      });
    }
  });

  it.each([
    ['assume-role', 'InternalFailure', 'service-error'],
    ['assume-role', 'ThrottlingException', 'throttled'],
    ['report', 'LimitExceededException', 'throttled'],
    ['report', 'ServiceFailureException', 'service-error'],
    ['report', 'CredentialReportNotPresentException', 'not-ready'],
    ['report', 'CredentialReportNotReadyException', 'not-ready'],
    ['report', 'CredentialReportExpiredException', 'not-ready'],
    ['store', 'ServiceUnavailable', 'not-stored'],
    ['store', 'SlowDown', 'not-stored'],
    ['report', 'NotAccessDenied', 'service-error'],
  ] as const)('may be over at the next poll when the step %s ends with %s', (step, name, reason) => {
    const detail = `${name}: no`;
    expect(classifyError(account, step, named(name))).toEqual({
      account,
      outcome: 'pending',
      reason,
      detail,
    });
  });

  it('has a detail also when what was thrown is not an error', () => {
    expect(classifyError(account, 'report', 'gone')).toMatchObject({
      outcome: 'pending',
      detail: 'Error: gone',
    });
  });

  it('quotes what arrived if the SDK could not parse it, instead of advice for those who debug the SDK', () => {
    const error = Object.assign(
      new Error('unexpected end\n  Deserialization error: to see the raw response, inspect'),
      { $responseBodyText: '<p>\u001b[31m\nSign in' },
    );
    expect(classifyError(account, 'report', error)).toMatchObject({
      outcome: 'pending',
      reason: 'service-error',
      detail: 'Error: unexpected end; what arrived starts with "<p> [31m Sign in"',
    });
  });

  it('has a detail in one line, without control characters', () => {
    const { detail } = classifyError(
      account,
      'report',
      named('X', 'one\r\ntwo\u001b]0;title\u0007\u2028\u202ethree'),
    );
    expect(detail).toBe('X: one two ]0;title three');
  });

  it('keeps the whole message of AWS about a denied call: its policy, its link and its authorization ID', () => {
    // The pattern of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html
    const caller = 'iam-credential-reports-production-collect-reports';
    const id = 'example1a2b3c4d5e6f7g8h9i0jexample1a2b3c4d5e6f7g8h9i0j';
    const message =
      `User: arn:aws:sts::111122223333:assumed-role/${caller}/${caller} is not authorized to perform: sts:AssumeRole on ` +
      'resource: arn:aws:iam::444455556666:role/iam-credential-report-generation-role with an explicit deny in a resource ' +
      'control policy: arn:aws:organizations::111122223333:policy/o-exampleorgid/resource_control_policy/p-examplepolicyid111. ' +
      `Go to https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/${id} for complete ` +
      `details, or call the GetRequestAuthorizationDetails API with the following authorization id: ${id}`;
    expect(message.length).toBeGreaterThan(690);
    const { detail } = classifyError(account, 'assume-role', named('AccessDenied', message));
    expect(detail).toBe(`AccessDenied: ${message}`);
  });

  it('keeps the beginning and the end of a message that is longer than 1,000 characters', () => {
    const { detail } = classifyError(account, 'report', named('X', `begin${'y'.repeat(2_000)}end`));
    expect(detail).toMatch(/^X: beginy+ \[…\] y+end$/);
    expect(detail).toHaveLength(1_000);
  });
});

describe('what is still pending at the last poll', () => {
  it('has failed for the reason that it was pending', () => {
    const pending = { account, outcome: 'pending', reason: 'throttled', detail: 'd' } as const;
    expect(toFailure(pending)).toEqual({ ...pending, outcome: 'failed' });
  });
});
