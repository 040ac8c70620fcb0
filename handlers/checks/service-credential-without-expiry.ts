import { type AccountCheck, fail, pass } from './check';
import { eachServiceCredential } from './service-credentials';

/** Whoever finds it can use it until somebody deletes it. */
export const serviceCredentialWithoutExpiry: AccountCheck = {
  id: 'service-credential-without-expiry',
  title: () => 'Every active service-specific credential expires',
  description:
    'Fails when an active service-specific credential has no date on which it expires. Only API keys can have one: passwords for ' +
    'CodeCommit and Amazon Keyspaces always fail. Does not apply without an active one.',
  remedy: 'Create an API key that expires, or use a role, and delete this credential.',
  severity: 'medium',
  always: true,
  needs: 'serviceCredentials',
  appliesTo: 'account',
  evaluate: (account) =>
    eachServiceCredential(
      account,
      'no active service-specific credential',
      ({ Status, ExpirationDate, name }) => {
        if (Status !== 'Active') return undefined;
        return ExpirationDate === undefined
          ? fail(`${name} never expires`)
          : pass(`${name} expires on ${ExpirationDate}`);
      },
    ),
};
