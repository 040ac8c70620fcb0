import { type CallName, type ServiceName, serviceOf } from './calls';
import type { FaultKind, OF_GET } from './fault-kinds';
import {
  type Service,
  ServiceError,
  type ServiceRequest,
  type ServiceResponse,
  queryAnswer,
  xml,
} from '../service';

/** The response to a call that a fault hits. */
export async function faultyAnswer(
  { call, kind }: { call: CallName; kind: FaultKind },
  serve: Service,
  request: ServiceRequest,
): Promise<ServiceResponse> {
  switch (kind) {
    case 'reset':
    case 'silent':
      return { status: 0, connection: kind };
    case 'answer-lost':
      return { ...(await serve(request)), connection: 'reset' };
    case 'cut':
      return { ...(await serve(request)), connection: 'cut' };
    case 'throttled':
    case 'out-of-order':
    case 'denied':
    case 'expired-token':
    case 'unknown-token':
    case 'invalid':
      throw refusal(call, kind);
    case 'region-disabled':
      throw new ServiceError(403, 'RegionDisabledException', 'STS is not activated in this region');
    case 'session-ended':
      throw refusal(call, 'expired-token');
    case 'account-left':
      return serve(request);
    case 'conflict':
      return conflict(serve, request);
    case 'account-twice':
      return withAccountTwice(await serve(request));
    case 'page':
      return PAGE;
    case 'report-absent':
      return queryAnswer('GetCredentialReport', '');
    case 'not-ready':
      return queryAnswer('GenerateCredentialReport', xml({ State: 'INPROGRESS' }));
    case 'report-not-present':
      throw new ServiceError(410, 'ReportNotPresent', 'No report exists');
    case 'report-expired':
      throw new ServiceError(410, 'ReportExpired', 'The report is too old');
    default:
      return withReport(await serve(request), reportChanges[kind]);
  }
}

/** Well-formed XML, in which the SDK finds none of the fields that it looks for. */
const PAGE: ServiceResponse = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<html><body>Sign in to use this network</body></html>',
};

type Refusal = 'throttled' | 'out-of-order' | 'denied' | 'expired-token' | 'unknown-token' | 'invalid';

/** HTTP status and error code, which differ by service. */
const refusals: Record<Refusal, Record<ServiceName, [number, string]>> = {
  throttled: {
    organizations: [400, 'TooManyRequestsException'],
    states: [400, 'ThrottlingException'],
    kms: [400, 'ThrottlingException'],
    sts: [400, 'Throttling'],
    iam: [409, 'LimitExceeded'],
    s3: [503, 'SlowDown'],
  },
  'out-of-order': {
    organizations: [500, 'ServiceException'],
    states: [500, 'InternalFailure'],
    kms: [500, 'KMSInternalException'],
    sts: [500, 'InternalFailure'],
    iam: [500, 'ServiceFailure'],
    s3: [500, 'InternalError'],
  },
  denied: {
    organizations: [400, 'AccessDeniedException'],
    states: [400, 'AccessDeniedException'],
    kms: [400, 'AccessDeniedException'],
    sts: [403, 'AccessDenied'],
    iam: [403, 'AccessDenied'],
    s3: [403, 'AccessDenied'],
  },
  'expired-token': {
    organizations: [400, 'ExpiredTokenException'],
    states: [400, 'ExpiredTokenException'],
    kms: [400, 'ExpiredTokenException'],
    sts: [403, 'ExpiredToken'],
    iam: [403, 'ExpiredToken'],
    s3: [400, 'ExpiredToken'],
  },
  'unknown-token': {
    organizations: [400, 'UnrecognizedClientException'],
    states: [400, 'UnrecognizedClientException'],
    kms: [400, 'UnrecognizedClientException'],
    sts: [403, 'InvalidClientTokenId'],
    iam: [403, 'InvalidClientTokenId'],
    s3: [403, 'InvalidAccessKeyId'],
  },
  invalid: {
    organizations: [400, 'InvalidInputException'],
    states: [400, 'ValidationException'],
    kms: [400, 'ValidationException'],
    sts: [400, 'ValidationError'],
    iam: [400, 'ValidationError'],
    s3: [400, 'InvalidRequest'],
  },
};

function refusal(call: CallName, kind: Refusal): ServiceError {
  const [status, code] = refusals[kind][serviceOf(call)];
  return new ServiceError(status, code, `${call} is ${kind} by a fault`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function conflict(serve: Service, request: ServiceRequest): ServiceResponse | Promise<ServiceResponse> {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch === undefined && ifNoneMatch === undefined) return serve(request);
  throw new ServiceError(
    409,
    'ConditionalRequestConflict',
    'A conflicting operation occurred against this resource.',
  );
}

function withAccountTwice(response: ServiceResponse): ServiceResponse {
  const page = JSON.parse(String(response.body)) as { Accounts: object[] };
  return {
    ...response,
    body: JSON.stringify({ ...page, Accounts: [...page.Accounts, ...page.Accounts.slice(0, 1)] }),
  };
}

type ReportChange = (report: string) => string;

const reportChanges: Record<
  Exclude<(typeof OF_GET)[number], 'report-not-present' | 'report-expired' | 'report-absent'>,
  ReportChange
> = {
  'report-empty': () => '',
  // Before the last cell of the first half: its row lacks a cell, or a closing quote.
  'report-cut': (report) => report.slice(0, report.lastIndexOf(',', report.length / 2)),
  'report-not-csv': () => '<html><body>Service Unavailable</body></html>',
  'report-without-rows': (report) => report.split('\n', 1).join(''),
  'report-of-another-account': (report) => report.replaceAll(/::\d{12}:/g, '::000000000000:'),
};

function withReport(response: ServiceResponse, change: ReportChange): ServiceResponse {
  const body = String(response.body).replace(/(?<=<Content>)[^<]*/, (content) =>
    Buffer.from(change(Buffer.from(content, 'base64').toString())).toString('base64'),
  );
  return { ...response, body };
}
