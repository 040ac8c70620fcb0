import { type AccountCheck, fail, pass } from './check';
import { eachServiceCredential } from './service-credentials';

/** It can be activated again, and nobody needs it. */
export const inactiveServiceCredential: AccountCheck = {
  id: 'inactive-service-credential',
  title: () => 'No service-specific credential is inactive or expired',
  description:
    'Fails when a service-specific credential is inactive or expired and was not deleted. Does not apply without any.',
  remedy: 'Delete the credential (`iam delete-service-specific-credential`).',
  severity: 'low',
  always: true,
  needs: 'serviceCredentials',
  appliesTo: 'account',
  evaluate: (account) =>
    eachServiceCredential(account, 'no service-specific credential', ({ Status, name }) =>
      Status === 'Active' ? pass(`${name} is active`) : fail(`${name} is ${Status.toLowerCase()}`),
    ),
};
