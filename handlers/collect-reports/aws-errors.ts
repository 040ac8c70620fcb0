/**
 * The errors of AWS that a poll of an account may meet: which are permanent, and why the account then fails. A permanent
 * error is told at once, because no later poll of the run would end differently. Any other may be over at the next poll, and
 * so may every error that is not listed here.
 *
 * Names are those of AWS without the ending `Exception`, which services and SDK add or leave out.
 */
import type { FailureReason } from '../shared/failure-reasons';

/** What was being done for an account when the error occurred. */
export type Step = 'assume-role' | 'report' | 'service-credentials' | 'store';

/** Where AWS documents the errors. */
export const errorSources = {
  assumeRole: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
  generate: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html',
  get: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html',
  listServiceCredentials:
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html',
  /** The list of today, of STS and IAM alike. */
  common: 'https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html',
  /** The list that services of the query protocol published before; STS and IAM still answer with these codes. */
  query: 'https://docs.aws.amazon.com/cloudsearch/latest/developerguide/CommonErrors.html',
  signing: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html',
  s3: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  /** S3 passes the errors of the bucket's key on, with `KMS.` before them. */
  kms: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html',
  /** Codes that the SDKs retry as throttling. */
  sdk: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
};

export interface ErrorGroup {
  readonly reason: FailureReason;
  readonly isPermanent: boolean;
  readonly source: keyof typeof errorSources;
  readonly names: readonly string[];
}

const group =
  (isPermanent: boolean) =>
  (reason: FailureReason, source: ErrorGroup['source'], ...names: string[]): ErrorGroup => ({
    reason,
    isPermanent,
    source,
    names,
  });
const permanent = group(true);
const transient = group(false);

/** Refused are the credentials that sign the call, or the time of the machine. */
const ofCredentials = (reason: FailureReason): ErrorGroup[] => [
  permanent(reason, 'query', 'InvalidClientTokenId', 'MissingAuthenticationToken'),
  permanent(reason, 'common', 'IncompleteSignature', 'UnrecognizedClient'),
  permanent(reason, 'signing', 'SignatureDoesNotMatch'),
  // Others come with the next environment of the function, or the next session; the SDK corrects its clock.
  transient(reason, 'common', 'ExpiredToken', 'RequestExpired'),
];

/** IAM refuses the session of the report role, or what it may do. */
const ofReportRole: ErrorGroup[] = [
  permanent('denied', 'common', 'AccessDenied', 'NotAuthorized'),
  permanent('account-not-activated', 'common', 'OptInRequired'),
  ...ofCredentials('session-refused'),
];

/** The services of the query protocol: STS and IAM. */
const ofQueries: ErrorGroup[] = [
  permanent('request-refused', 'common', 'ValidationError', 'Validation', 'UnknownOperation'),
  permanent('request-refused', 'common', 'MalformedHttpRequest', 'RequestEntityTooLarge'),
  permanent('request-refused', 'query', 'InvalidAction', 'MissingAction', 'MissingParameter'),
  permanent('request-refused', 'query', 'InvalidParameterCombination', 'InvalidParameterValue'),
  permanent('request-refused', 'query', 'InvalidQueryParameter', 'MalformedQueryString'),
  transient('throttled', 'common', 'Throttling'),
  transient('throttled', 'sdk', 'RequestLimitExceeded', 'TooManyRequests'),
  transient('service-error', 'common', 'InternalFailure', 'ServiceUnavailable'),
  transient('service-error', 'common', 'RequestAborted', 'RequestTimeout'),
];

export const awsErrors: Readonly<Record<Step, readonly ErrorGroup[]>> = {
  'assume-role': [
    permanent('role-not-assumable', 'common', 'AccessDenied', 'NotAuthorized'),
    permanent('region-disabled', 'assumeRole', 'RegionDisabled'),
    permanent('session-policy-refused', 'assumeRole', 'PackedPolicyTooLarge', 'MalformedPolicyDocument'),
    // The function calls with the credentials of its own role, so none of these is about the account.
    ...ofCredentials('collector-credentials'),
    permanent('collector-credentials', 'common', 'OptInRequired'),
    ...ofQueries,
  ],
  report: [
    ...ofReportRole,
    transient('throttled', 'generate', 'LimitExceeded'),
    transient('service-error', 'generate', 'ServiceFailure'),
    transient('not-ready', 'get', 'CredentialReportNotPresent', 'CredentialReportNotReady'),
    transient('not-ready', 'get', 'CredentialReportExpired'),
    ...ofQueries,
  ],
  'service-credentials': [
    ...ofReportRole,
    permanent('request-refused', 'listServiceCredentials', 'NoSuchEntity', 'ServiceNotSupported'),
    ...ofQueries,
  ],
  store: [
    permanent('not-stored', 's3', 'AccessDenied', 'AccountProblem', 'AllAccessDisabled', 'NotSignedUp'),
    permanent('not-stored', 's3', 'NoSuchBucket', 'PermanentRedirect', 'AuthorizationHeaderMalformed'),
    permanent('not-stored', 's3', 'InvalidArgument', 'InvalidRequest', 'MethodNotAllowed'),
    permanent('not-stored', 's3', 'AccessControlListNotSupported'),
    permanent('not-stored', 'kms', 'KMS.Disabled', 'KMS.KMSInvalidState', 'KMS.NotFound'),
    permanent('collector-credentials', 's3', 'InvalidAccessKeyId', 'InvalidToken', 'SignatureDoesNotMatch'),
    transient('collector-credentials', 's3', 'ExpiredToken', 'RequestTimeTooSkewed'),
    // Damaged on the way: S3 stores nothing whose hash differs.
    transient('not-stored', 's3', 'BadDigest', 'IncompleteBody', 'XAmzContentSHA256Mismatch'),
    transient('not-stored', 's3', 'InternalError', 'OperationAborted', 'RequestTimeout'),
    transient('not-stored', 's3', 'ServiceUnavailable', 'SlowDown'),
  ],
};

const withoutEnding = (name: string) => name.replace(/Exception$/, '');

/** What is known about an error; undefined if its name is not listed for the step. */
export const knownError = (step: Step, name: string): ErrorGroup | undefined =>
  awsErrors[step].find(({ names }) => names.includes(withoutEnding(name)));
