/** Every error of AWS that is listed, planted in the embedded organization and met by real SDK clients over HTTP. */
import { readFileSync } from 'node:fs';
import {
  type ErrorGroup,
  type Step,
  awsErrors,
  errorSources,
  knownError,
} from '../../../handlers/collect-reports/aws-errors';
import { pollAccount } from '../../../tools/support/poll-account';
import type { FailureReason } from '../../../handlers/shared/failure-reasons';
import type { Services } from '../../../local/fake-aws/server';
import { ServiceError, type ServiceRequest } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';

/** When a failure is told: at the first poll that meets it, or at the last poll of the run. */
type Told = 'at once' | 'at the last poll';
type Expectation = [status: number, code: string, told: Told, reason: FailureReason];

/** What an account has to end as, written down apart from the list: status and code as AWS sends them. */
const expected: Record<Step, Expectation[]> = {
  'assume-role': [
    [403, 'AccessDenied', 'at once', 'role-not-assumable'],
    [403, 'AccessDeniedException', 'at once', 'role-not-assumable'],
    [401, 'NotAuthorized', 'at once', 'role-not-assumable'],
    [403, 'RegionDisabledException', 'at once', 'region-disabled'],
    [400, 'PackedPolicyTooLarge', 'at once', 'session-policy-refused'],
    [400, 'MalformedPolicyDocument', 'at once', 'session-policy-refused'],
    [403, 'InvalidClientTokenId', 'at once', 'collector-credentials'],
    [403, 'MissingAuthenticationToken', 'at once', 'collector-credentials'],
    [403, 'SignatureDoesNotMatch', 'at once', 'collector-credentials'],
    [400, 'IncompleteSignature', 'at once', 'collector-credentials'],
    [403, 'UnrecognizedClientException', 'at once', 'collector-credentials'],
    [403, 'OptInRequired', 'at once', 'collector-credentials'],
    [403, 'ExpiredToken', 'at the last poll', 'collector-credentials'],
    [403, 'ExpiredTokenException', 'at the last poll', 'collector-credentials'],
    [400, 'RequestExpired', 'at the last poll', 'collector-credentials'],
  ],
  report: [
    [403, 'AccessDenied', 'at once', 'denied'],
    [403, 'AccessDeniedException', 'at once', 'denied'],
    [401, 'NotAuthorized', 'at once', 'denied'],
    [403, 'OptInRequired', 'at once', 'account-not-activated'],
    [403, 'InvalidClientTokenId', 'at once', 'session-refused'],
    [403, 'MissingAuthenticationToken', 'at once', 'session-refused'],
    [403, 'SignatureDoesNotMatch', 'at once', 'session-refused'],
    [400, 'IncompleteSignature', 'at once', 'session-refused'],
    [403, 'UnrecognizedClientException', 'at once', 'session-refused'],
    [403, 'ExpiredToken', 'at the last poll', 'session-refused'],
    [403, 'ExpiredTokenException', 'at the last poll', 'session-refused'],
    [400, 'RequestExpired', 'at the last poll', 'session-refused'],
    [409, 'LimitExceeded', 'at the last poll', 'throttled'],
    [500, 'ServiceFailure', 'at the last poll', 'service-error'],
    [410, 'ReportNotPresent', 'at the last poll', 'not-ready'],
    [404, 'ReportInProgress', 'at the last poll', 'not-ready'],
    [410, 'ReportExpired', 'at the last poll', 'not-ready'],
  ],
  'service-credentials': [
    [403, 'AccessDenied', 'at once', 'denied'],
    [403, 'AccessDeniedException', 'at once', 'denied'],
    [401, 'NotAuthorized', 'at once', 'denied'],
    [403, 'OptInRequired', 'at once', 'account-not-activated'],
    [403, 'InvalidClientTokenId', 'at once', 'session-refused'],
    [403, 'MissingAuthenticationToken', 'at once', 'session-refused'],
    [403, 'SignatureDoesNotMatch', 'at once', 'session-refused'],
    [400, 'IncompleteSignature', 'at once', 'session-refused'],
    [403, 'UnrecognizedClientException', 'at once', 'session-refused'],
    [403, 'ExpiredToken', 'at the last poll', 'session-refused'],
    [403, 'ExpiredTokenException', 'at the last poll', 'session-refused'],
    [400, 'RequestExpired', 'at the last poll', 'session-refused'],
    [404, 'NoSuchEntity', 'at once', 'request-refused'],
    [404, 'NotSupportedService', 'at once', 'request-refused'],
  ],
  store: [
    [403, 'AccessDenied', 'at once', 'not-stored'],
    [403, 'AccountProblem', 'at once', 'not-stored'],
    [403, 'AllAccessDisabled', 'at once', 'not-stored'],
    [403, 'NotSignedUp', 'at once', 'not-stored'],
    [404, 'NoSuchBucket', 'at once', 'not-stored'],
    [301, 'PermanentRedirect', 'at once', 'not-stored'],
    [400, 'AuthorizationHeaderMalformed', 'at once', 'not-stored'],
    [400, 'InvalidArgument', 'at once', 'not-stored'],
    [400, 'InvalidRequest', 'at once', 'not-stored'],
    [405, 'MethodNotAllowed', 'at once', 'not-stored'],
    [400, 'AccessControlListNotSupported', 'at once', 'not-stored'],
    [400, 'KMS.DisabledException', 'at once', 'not-stored'],
    [400, 'KMS.KMSInvalidStateException', 'at once', 'not-stored'],
    [400, 'KMS.NotFoundException', 'at once', 'not-stored'],
    [403, 'InvalidAccessKeyId', 'at once', 'collector-credentials'],
    [400, 'InvalidToken', 'at once', 'collector-credentials'],
    [403, 'SignatureDoesNotMatch', 'at once', 'collector-credentials'],
    [400, 'ExpiredToken', 'at the last poll', 'collector-credentials'],
    [403, 'RequestTimeTooSkewed', 'at the last poll', 'collector-credentials'],
    [400, 'BadDigest', 'at the last poll', 'not-stored'],
    [400, 'IncompleteBody', 'at the last poll', 'not-stored'],
    [400, 'XAmzContentSHA256Mismatch', 'at the last poll', 'not-stored'],
    [500, 'InternalError', 'at the last poll', 'not-stored'],
    [409, 'OperationAborted', 'at the last poll', 'not-stored'],
    [400, 'RequestTimeout', 'at the last poll', 'not-stored'],
    [503, 'ServiceUnavailable', 'at the last poll', 'not-stored'],
    [503, 'SlowDown', 'at the last poll', 'not-stored'],
    // A name that is not listed, because nobody knows whether the next poll ends differently.
    [400, 'SomethingNew', 'at the last poll', 'not-stored'],
  ],
};
for (const step of ['assume-role', 'report', 'service-credentials'] as const)
  expected[step].push(
    [400, 'ValidationError', 'at once', 'request-refused'],
    [400, 'ValidationException', 'at once', 'request-refused'],
    [404, 'UnknownOperationException', 'at once', 'request-refused'],
    [400, 'MalformedHttpRequestException', 'at once', 'request-refused'],
    [413, 'RequestEntityTooLargeException', 'at once', 'request-refused'],
    [400, 'InvalidAction', 'at once', 'request-refused'],
    [400, 'MissingAction', 'at once', 'request-refused'],
    [400, 'MissingParameter', 'at once', 'request-refused'],
    [400, 'InvalidParameterCombination', 'at once', 'request-refused'],
    [400, 'InvalidParameterValue', 'at once', 'request-refused'],
    [400, 'InvalidQueryParameter', 'at once', 'request-refused'],
    [404, 'MalformedQueryString', 'at once', 'request-refused'],
    [400, 'Throttling', 'at the last poll', 'throttled'],
    [400, 'ThrottlingException', 'at the last poll', 'throttled'],
    [503, 'RequestLimitExceeded', 'at the last poll', 'throttled'],
    [429, 'TooManyRequestsException', 'at the last poll', 'throttled'],
    [429, 'SomethingNew', 'at the last poll', 'throttled'],
    [500, 'InternalFailure', 'at the last poll', 'service-error'],
    [503, 'ServiceUnavailable', 'at the last poll', 'service-error'],
    [400, 'RequestAbortedException', 'at the last poll', 'service-error'],
    [408, 'RequestTimeoutException', 'at the last poll', 'service-error'],
    [400, 'SomethingNew', 'at the last poll', 'service-error'],
  );

const steps = Object.keys(awsErrors) as Step[];
const serviceOf: Record<Step, string> = {
  'assume-role': 'sts',
  report: 'iam',
  'service-credentials': 'iam',
  store: 's3',
};
/** The calls that are hit; each has to give the same. */
const callsOf = (step: Step, code: string, reason: FailureReason): string[] => {
  if (step === 'service-credentials') return ['ListServiceSpecificCredentials'];
  if (step !== 'report') return ['every call'];
  if (code.startsWith('Report')) return ['GetCredentialReport'];
  // Throttling of the request alone does not end the poll: see below.
  if (reason === 'throttled') return ['GetCredentialReport', 'every call'];
  return ['GenerateCredentialReport', 'GetCredentialReport', 'every call'];
};
const cases = steps.flatMap((step) =>
  expected[step].flatMap(([status, code, told, reason]) =>
    callsOf(step, code, reason).map((call) => ({ step, call, status, code, told, reason })),
  ),
);
const throttling = expected.report.filter(([, , , reason]) => reason === 'throttled');

describe('an error of AWS', () => {
  let aws: Embedded;
  let real: Services;
  let next = 0;
  let planted: { service: string; call: string; error: ServiceError } | undefined;
  const attempts = process.env.AWS_MAX_ATTEMPTS;

  beforeAll(async () => {
    // The pauses of the SDK between attempts are not what is tested.
    process.env.AWS_MAX_ATTEMPTS = '1';
    const failing = (service: string) => (request: ServiceRequest) => {
      const isHit = service !== 's3' || request.method === 'PUT';
      const { call = '' } = planted ?? {};
      const isCall = call === 'every call' || request.body.includes(call);
      if (isHit && isCall && planted?.service === service) throw planted.error;
      return real[service]!(request);
    };
    aws = await embedded({ accounts: cases.length + throttling.length + 1 }, (services) => {
      real = services;
      return { ...services, sts: failing('sts'), iam: failing('iam'), s3: failing('s3') };
    });
    for (const account of aws.organization.accounts) {
      account.generateReport();
      account.generateReport();
    }
  });
  afterAll(async () => {
    await aws.stop();
    if (attempts === undefined) delete process.env.AWS_MAX_ATTEMPTS;
    else process.env.AWS_MAX_ATTEMPTS = attempts;
  });

  /** Polls an account that has a report, and of which there is no session yet. */
  const polled = () => {
    const collector = { ...aws.collector, serviceCredentials: planted?.call.startsWith('List') ?? false };
    return pollAccount(aws.organization.accounts[next++]!.id, '2026-11-22', collector);
  };
  const plant = (service: string, call: string, status: number, code: string) => {
    planted = { service, call, error: new ServiceError(status, code, 'planted') };
  };

  it('is absent: the account is collected', async () => {
    planted = undefined;
    await expect(polled()).resolves.toMatchObject({ outcome: 'collected' });
  });

  it.each(cases)('$code of $step, $call, is told $told as $reason', async (one) => {
    const { step, call, status, code, told, reason } = one;
    plant(serviceOf[step], call, status, code);
    const outcome = told === 'at once' ? 'failed' : 'pending';
    const detail = expect.stringMatching(/^[\w.]+: planted$/) as string;
    // Nothing that happens to the list of service-specific credentials changes the outcome of the report.
    const ofAccount =
      step === 'service-credentials'
        ? { outcome: 'collected', serviceCredentials: { outcome: 'failed', reason, detail } }
        : { outcome, reason, detail };
    await expect(polled()).resolves.toMatchObject(ofAccount);
  });

  it.each(throttling)(
    '%i %s of the request alone does not keep IAM from returning its report',
    async (status, code) => {
      plant('iam', 'GenerateCredentialReport', status, code);
      await expect(polled()).resolves.toMatchObject({ outcome: 'collected' });
    },
  );
});

describe('the list of errors', () => {
  const namesOf = (groups: readonly ErrorGroup[]) => groups.flatMap(({ names }) => names);

  it.each(steps)('has each name of %s once, and each was planted', (step) => {
    const spoken = (code: string) =>
      code
        .replace('ReportInProgress', 'ReportNotReady')
        .replace(/^Report(?=N|E)/, 'CredentialReport')
        .replace('NotSupportedService', 'ServiceNotSupported');
    const tried = expected[step].map(([, code]) => spoken(code).replace(/Exception$/, ''));
    const names = namesOf(awsErrors[step]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !tried.includes(name))).toEqual([]);
    expect(new Set(tried.filter((name) => !names.includes(name)))).toEqual(new Set(['SomethingNew']));
  });

  it.each<[Step, string, string[]]>([
    ['assume-role', 'client-sts/dist-types/commands/AssumeRoleCommand', []],
    ['report', 'client-iam/dist-types/commands/GenerateCredentialReportCommand', []],
    ['report', 'client-iam/dist-types/commands/GetCredentialReportCommand', []],
    ['service-credentials', 'client-iam/dist-types/commands/ListServiceSpecificCredentialsCommand', []],
    // These come only when data is appended to an object of a directory bucket.
    [
      'store',
      'client-s3/dist-types/commands/PutObjectCommand',
      ['EncryptionTypeMismatch', 'InvalidWriteOffset', 'TooManyParts'],
    ],
  ])('has for %s every error that the SDK documents in %s', (step, command, others) => {
    const types = readFileSync(`node_modules/@aws-sdk/${command}.d.ts`, 'utf8');
    const documented = [...types.matchAll(/@throws \{@link (\w+)\}/g)]
      .map(([, name = '']) => name)
      .filter((name) => !name.endsWith('ServiceException'));
    expect(documented.length).toBeGreaterThan(0);
    expect(documented.filter((name) => !knownError(step, name))).toEqual(others);
  });

  it('knows a name with and without the ending that services and SDK add, and no other', () => {
    for (const name of ['AccessDenied', 'AccessDeniedException'])
      expect(knownError('report', name)?.reason).toBe('denied');
    for (const name of ['NotAccessDenied', 'accessdenied', 'Exception', ''])
      expect(knownError('report', name)).toBeUndefined();
  });

  it('names a page of AWS for every error', () => {
    for (const url of Object.values(errorSources)) expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    const used = new Set(steps.flatMap((step) => awsErrors[step].map(({ source }) => source)));
    expect([...used].sort()).toEqual(Object.keys(errorSources).sort());
  });
});
