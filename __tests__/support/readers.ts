/** Roles that read the results of runs, or try to, and the runs. */
import type { Caller } from '../../tools/policies/readers/enforced-bucket';
import { type ReaderSetup, accounts } from '../../tools/policies/readers/setups';
import type { MemoryS3 } from './memory-s3';
import { reportStore } from './report-store';
import { consoleUser, key, root } from './rows';
import { as } from './stored-run';
import { SummarizedRuns } from './summarized';

export const roleIn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** A role with a path, of another account. */
export const AUDITOR = roleIn(accounts.reader, 'audit/Auditor');

/** What queries for readers of other accounts: a role in the account of the tables that has both documents for readers. */
export const assumedIn = ({ results, readerPolicy }: ReaderSetup): Caller => ({
  roleArn: roleIn(results.account, 'iam-credential-reports-test-reader'),
  permissions: readerPolicy,
});

/** The account whose report the runs collect. */
export const COLLECTED = '000000000001';

/** Two days, the second with two runs, so that the second of these replaced what the first had stored. */
export async function storedRuns(): Promise<MemoryS3> {
  const quiet = [
    jest.spyOn(console, 'log').mockReturnValue(undefined),
    jest.spyOn(process.stdout, 'write').mockReturnValue(true),
  ];
  const runs = new SummarizedRuns({ store: reportStore({ requireOwner: false }) });
  const user = as('ada', COLLECTED, { ...consoleUser, mfa_active: 'false', ...key(1, 100, 1) });
  const rows = [as('<root_account>', COLLECTED, root), user];
  const account = { id: COLLECTED, name: 'payments', rows };
  await runs.run([account], { date: '2026-11-21', execution: 'run-0' });
  await runs.run([account]);
  await runs.run([{ ...account, rows: [...rows, as('bob', COLLECTED, consoleUser)] }], {
    execution: 'run-2',
  });
  for (const spy of quiet) spy.mockRestore();
  return runs.s3;
}
