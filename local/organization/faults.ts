/**
 * What goes wrong in an organization of many accounts, as data: which calls, what becomes of them, from when and
 * how often. It depends on the faults and the calls alone, so that a list of faults can be repeated.
 */
import { Random } from './random';
import type { Services } from './server';
import {
  type Service,
  ServiceError,
  type ServiceRequest,
  type ServiceResponse,
  queryAnswer,
  xml,
} from './service';
import { type Call, type CallName, callOf, serviceOf } from './calls';

/** What can become of any call. `answer-lost` and `cut` have their effect, and the caller does not learn of it. */
const OF_ANY_CALL = [
  'throttled',
  'out-of-order',
  'denied',
  'expired-token',
  'reset',
  'cut',
  'silent',
  'answer-lost',
] as const;
/** The list changes while it is read: an account comes up again. */
const OF_LIST = ['account-twice'] as const;
const OF_GENERATE = ['not-ready'] as const;
const OF_GET = [
  'report-not-present',
  'report-expired',
  'report-empty',
  'report-cut',
  'report-not-csv',
  'report-without-rows',
  'report-of-another-account',
] as const;
export type FaultKind = (typeof OF_ANY_CALL | typeof OF_LIST | typeof OF_GENERATE | typeof OF_GET)[number];

export interface Fault {
  call: CallName;
  kind: FaultKind;
  /**
   * Number of the account whose calls it hits; counted round the accounts of the organization.
   * @default - calls for any account
   */
  account?: number;
  /** Calls that go well before. */
  after: number;
  /** Calls that it hits then; `Infinity` for all. */
  times: number;
}

/** A call that was hit. */
export interface Hit extends Call {
  kind: FaultKind;
  request: ServiceRequest;
}

export interface FaultyServicesProps {
  services: Services;
  faults: readonly Fault[];
  /** Accounts of the organization. */
  accounts: readonly string[];
  /** Hears of every call that is hit. */
  onHit?: (hit: Hit) => void;
}

/** The services with the faults in them. Of several faults that fit a call, the first hits it. */
export function withFaults({ services, faults, accounts, onHit }: FaultyServicesProps): Services {
  const counted = faults.map((fault) => ({ fault, seen: 0 }));
  const hitting = ({ name, account }: Call): Fault | undefined => {
    const fitting = counted.filter(
      ({ fault }) =>
        fault.call === name &&
        (fault.account === undefined || accounts[fault.account % accounts.length] === account),
    );
    const active = fitting.find(({ fault, seen }) => seen >= fault.after && seen < fault.after + fault.times);
    for (const one of fitting) one.seen++;
    return active?.fault;
  };
  const faulty =
    (service: string, serve: Service): Service =>
    (request) => {
      const call = callOf(service, request);
      const fault = call && hitting(call);
      if (!fault) return serve(request);
      onHit?.({ ...call, kind: fault.kind, request });
      return answer(fault, serve, request);
    };
  return Object.fromEntries(
    Object.entries(services).map(([service, serve]) => [service, faulty(service, serve)]),
  );
}

function answer({ call, kind }: Fault, serve: Service, request: ServiceRequest): ServiceResponse {
  switch (kind) {
    case 'reset':
    case 'silent':
      return { status: 0, connection: kind };
    case 'answer-lost':
      return { ...serve(request), connection: 'reset' };
    case 'cut':
      return { ...serve(request), connection: 'cut' };
    case 'throttled':
    case 'out-of-order':
    case 'denied':
    case 'expired-token':
      throw refusal(call, kind);
    case 'account-twice':
      return withAccountTwice(serve(request));
    case 'not-ready':
      return queryAnswer('GenerateCredentialReport', xml({ State: 'INPROGRESS' }));
    case 'report-not-present':
      throw new ServiceError(410, 'ReportNotPresent', 'No report exists');
    case 'report-expired':
      throw new ServiceError(410, 'ReportExpired', 'The report is too old');
    default:
      return withReport(serve(request), reportChanges[kind]);
  }
}

type Refusal = 'throttled' | 'out-of-order' | 'denied' | 'expired-token';

/** Status and code on the wire; each service has its own. */
const refusals: Record<Refusal, Record<ReturnType<typeof serviceOf>, [number, string]>> = {
  throttled: {
    organizations: [400, 'TooManyRequestsException'],
    sts: [400, 'Throttling'],
    iam: [409, 'LimitExceeded'],
    s3: [503, 'SlowDown'],
  },
  'out-of-order': {
    organizations: [500, 'ServiceException'],
    sts: [500, 'InternalFailure'],
    iam: [500, 'ServiceFailure'],
    s3: [500, 'InternalError'],
  },
  denied: {
    organizations: [400, 'AccessDeniedException'],
    sts: [403, 'AccessDenied'],
    iam: [403, 'AccessDenied'],
    s3: [403, 'AccessDenied'],
  },
  'expired-token': {
    organizations: [400, 'ExpiredTokenException'],
    sts: [403, 'ExpiredToken'],
    iam: [403, 'ExpiredToken'],
    s3: [400, 'ExpiredToken'],
  },
};

function refusal(call: CallName, kind: Refusal): ServiceError {
  const [status, code] = refusals[kind][serviceOf(call)];
  return new ServiceError(status, code, `${call} is ${kind} by a fault`);
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
  Exclude<(typeof OF_GET)[number], 'report-not-present' | 'report-expired'>,
  ReportChange
> = {
  'report-empty': () => '',
  // Where the last cell before the middle begins: the row that it is in lacks a cell, or its end of quotes.
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

const OF_ONE_ACCOUNT = [
  'sts:AssumeRole',
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  's3:PutReport',
] as const;
const OF_THE_RUN = ['organizations:ListAccounts', 's3:PutFile', 's3:GetFile', 's3:ListFiles'] as const;

const special: Partial<Record<CallName, readonly FaultKind[]>> = {
  'organizations:ListAccounts': OF_LIST,
  'iam:GenerateCredentialReport': OF_GENERATE,
  'iam:GetCredentialReport': OF_GET,
};

/**
 * A fault that depends on the seed alone. Most are of one account; those of the run are short, since one that
 * lasts breaks the run and hides all others.
 */
export function drawFault(seed: number): Fault {
  const random = new Random(seed);
  const kindOf = (call: CallName) => {
    const kinds = special[call] && random.oneIn(2) ? special[call] : OF_ANY_CALL;
    return kinds[random.between(0, kinds.length - 1)] ?? 'reset';
  };
  const after = random.oneOf([0, 0, 0, 1, 2, 5]);
  if (random.oneIn(4)) {
    const call = random.oneOf(OF_THE_RUN);
    return { call, kind: kindOf(call), after: random.between(0, 20), times: random.oneOf([1, 1, 2, 3, 9]) };
  }
  const call = random.oneOf(OF_ONE_ACCOUNT);
  const account = random.oneIn(5) ? {} : { account: random.between(0, 9) };
  return {
    call,
    kind: kindOf(call),
    ...account,
    after,
    times: random.oneOf([1, 1, 2, 3, 4, 9, 20, Infinity]),
  };
}
