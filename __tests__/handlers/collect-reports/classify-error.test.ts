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

  it('is final when the account has deactivated STS', () => {
    expect(classifyError(account, 'assume-role', named('RegionDisabledException'))).toEqual({
      account,
      outcome: 'failed',
      reason: 'role-not-assumable',
      detail: 'RegionDisabledException: no',
    });
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

  it('has a detail of at most 500 characters', () => {
    expect(classifyError(account, 'report', named('X', 'y'.repeat(600))).detail).toBe(
      `X: ${'y'.repeat(497)}`,
    );
  });
});

describe('what is still pending at the last poll', () => {
  it('has failed for the reason that it was pending', () => {
    const pending = { account, outcome: 'pending', reason: 'throttled', detail: 'd' } as const;
    expect(toFailure(pending)).toEqual({ ...pending, outcome: 'failed' });
  });
});
