import { type AccountCheck, fail, pass, unknown } from './check';
import { eachServiceCredential } from './service-credentials';

export const oldServiceCredential: AccountCheck = {
  id: 'old-service-credential',
  title: ({ serviceCredentialDays }) =>
    `No active service-specific credential is older than ${serviceCredentialDays} days`,
  description:
    'Fails when an active service-specific credential was created more than `serviceCredentialDays` days ago. Does not apply ' +
    'without an active one.',
  remedy: 'Create a new credential, switch the programs to it, and delete this one.',
  severity: 'medium',
  always: true,
  needs: 'serviceCredentials',
  threshold: { name: 'serviceCredentialDays' },
  appliesTo: 'account',
  evaluate: (account, { thresholds }) =>
    eachServiceCredential(account, 'no active service-specific credential', ({ Status, age, name }) => {
      if (Status !== 'Active') return undefined;
      if (age === undefined) return unknown(`${name} was created in the future`);
      const reason = `${name} is ${age} days old`;
      return age > thresholds.serviceCredentialDays ? fail(reason) : pass(reason);
    }),
};
