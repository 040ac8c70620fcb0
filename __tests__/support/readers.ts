/** Roles that read the results of a run, or try to. */
import { policy } from '../../constructs/policy';
import type { Caller } from '../../tools/policies/readers/enforced-bucket';
import { type ReaderSetup, accounts } from '../../tools/policies/readers/setups';

export const everything = policy({ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' });

const roleIn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** A role with a path, of another account. */
export const AUDITOR = roleIn(accounts.reader, 'audit/Auditor');
/** A role of a permission set, and the pattern that lets it in. */
export const PERMISSION_SET = roleIn(
  accounts.reader,
  'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Audit_0123456789abcdef',
);
export const PERMISSION_SETS = roleIn(
  accounts.reader,
  'aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Audit_*',
);

/** A role of the account that has the bucket, or another account, with the policy for readers. */
export const readerIn = (setup: ReaderSetup, account: string, name = 'Reader'): Caller => ({
  roleArn: roleIn(account, name),
  permissions: setup.readerPolicy,
});

/** What reads for readers of other accounts in the account of the tables: a role with both documents for readers. */
export const assumedIn = (setup: ReaderSetup): Caller =>
  readerIn(setup, setup.results.account, 'iam-credential-reports-test-reader');
