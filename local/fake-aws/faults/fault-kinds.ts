import type { CallName } from './calls';

/** What can become of any call. `answer-lost` and `cut` have their effect, and the caller does not learn of it. */
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
/** The list changes while it is read: an account comes up again. */
export const OF_LIST = ['account-twice'] as const;
/** The account was listed, and leaves the organization before anything is asked of it. */
export const OF_ASSUME = ['account-left'] as const;
/** The session is refused from then on; a new one is not. */
export const OF_SESSION = ['session-ended'] as const;
export const OF_GENERATE = ['not-ready'] as const;
export const OF_GET = [
  'report-not-present',
  'report-expired',
  'report-empty',
  'report-cut',
  'report-not-csv',
  'report-without-rows',
  'report-of-another-account',
] as const;
export type FaultKind = (
  | typeof OF_ANY_CALL
  | typeof OF_LIST
  | typeof OF_ASSUME
  | typeof OF_SESSION
  | typeof OF_GENERATE
  | typeof OF_GET
)[number];

/** What can become of a call of one kind only. */
export const OF_ONE_CALL: Partial<Record<CallName, readonly FaultKind[]>> = {
  'organizations:ListAccounts': OF_LIST,
  'sts:AssumeRole': OF_ASSUME,
  'iam:GenerateCredentialReport': [...OF_SESSION, ...OF_GENERATE],
  'iam:GetCredentialReport': [...OF_SESSION, ...OF_GET],
};
