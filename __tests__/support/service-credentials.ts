/** Accounts with service-specific credentials, for tests of checks. */
import type { AccountCheck, AccountFacts } from '../../handlers/checks/check';
import type { ServiceCredential } from '../../handlers/credential-report/service-credentials';
import { CONTEXT, TIMES, days } from './rows';

type Change = Partial<ServiceCredential> & { age?: number };

const account = (serviceCredentials: AccountFacts['serviceCredentials']): AccountFacts => ({
  report: { root: undefined, users: [], unknownColumns: [] },
  serviceCredentials,
  times: TIMES,
});

/** An account with active API keys that never expire, but for what is changed. */
export const listed = (...changes: Change[]): AccountFacts =>
  account({
    credentials: changes.map(({ age = 1, ...change }, index) => ({
      UserName: 'ada',
      ServiceSpecificCredentialId: `ACCALOCA${String(index).padStart(12, '0')}`,
      ServiceName: 'bedrock.amazonaws.com',
      Status: 'Active',
      CreateDate: new Date(days(age)).toISOString(),
      ...change,
    })),
  });

/** An account that refused the list. */
export const refused = account({ reason: 'denied', detail: 'AccessDenied: no' });

export const resultsOf = (check: AccountCheck, facts: AccountFacts) =>
  check.evaluate(facts, CONTEXT).map(({ result, reason }) => [result, reason]);
