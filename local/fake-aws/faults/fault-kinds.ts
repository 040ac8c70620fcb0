import type { CallName } from './calls';

/** Faults of any call. With `answer-lost` and `cut` the call takes effect, but the caller does not get the response. */
export const OF_ANY_CALL = [
  'throttled',
  'out-of-order',
  'denied',
  'expired-token',
  'reset',
  'cut',
  'silent',
  'answer-lost',
] as const;
/** A page of a proxy or a firewall arrives instead of an answer; the call does not reach AWS. */
export const OF_API = ['page'] as const;
/** AWS does not know the credentials, or refuses the call as invalid: no retry ends differently. */
export const OF_ACCOUNT = ['unknown-token', 'invalid'] as const;
/** The list changes while it is read: an account appears twice. */
export const OF_LIST = ['account-twice'] as const;
/** The account leaves the organization after it was listed; STS is not active for it. */
export const OF_ASSUME = ['account-left', 'region-disabled'] as const;
/** The session is rejected from then on; a new one is accepted. */
export const OF_SESSION = ['session-ended'] as const;
export const OF_GENERATE = ['not-ready'] as const;
export const OF_GET = [
  'report-not-present',
  'report-expired',
  'report-absent',
  'report-empty',
  'report-cut',
  'report-not-csv',
  'report-without-rows',
  'report-of-another-account',
] as const;
/** Another request writes the object at the same time. It hits conditional writes only. */
export const OF_WRITE = ['conflict'] as const;
export type FaultKind = (
  | typeof OF_ANY_CALL
  | typeof OF_API
  | typeof OF_ACCOUNT
  | typeof OF_LIST
  | typeof OF_ASSUME
  | typeof OF_SESSION
  | typeof OF_GENERATE
  | typeof OF_GET
  | typeof OF_WRITE
)[number];

/** Faults of one kind of call only. */
export const OF_ONE_CALL: Partial<Record<CallName, readonly FaultKind[]>> = {
  'organizations:ListAccounts': [...OF_API, ...OF_LIST],
  'iam:ListOrganizationsFeatures': [...OF_API, ...OF_ACCOUNT],
  's3:PutFile': OF_WRITE,
  's3:PutReport': OF_ACCOUNT,
  's3:PutList': OF_ACCOUNT,
  'sts:AssumeRole': [...OF_API, ...OF_ACCOUNT, ...OF_ASSUME],
  'iam:GenerateCredentialReport': [...OF_API, ...OF_ACCOUNT, ...OF_SESSION, ...OF_GENERATE],
  'iam:ListServiceSpecificCredentials': [...OF_API, ...OF_ACCOUNT, ...OF_SESSION],
  'iam:GetCredentialReport': [...OF_API, ...OF_ACCOUNT, ...OF_SESSION, ...OF_GET],
};
