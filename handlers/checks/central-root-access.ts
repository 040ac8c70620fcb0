import { type OrganizationCheck, type OrganizationFacts, fail, notApplicable, pass, unknown } from './check';

/** What an error of the call means; others are told by their names alone. */
const MEANINGS: Readonly<Record<string, string>> = {
  ServiceAccessNotEnabled: 'IAM has no trusted access to the organization',
  OrganizationNotInAllFeaturesMode: 'the organization has consolidated billing only',
  AccountNotManagementOrDelegatedAdministrator:
    'the account that collects is neither the management account nor a delegated administrator of IAM',
};

/** Whoever has no root credentials cannot lose them. */
export const centralRootAccess: OrganizationCheck = {
  id: 'central-root-access',
  title: () => 'The organization manages root credentials centrally',
  description:
    'Fails when the organization has not enabled central root access with root credentials management, or cannot enable it. ' +
    'Unknown when IAM did not say so at the start of the run. Does not apply in AWS China and AWS GovCloud (US).',
  remedy: 'Enable root credentials management for the organization, in IAM under "Root access management".',
  severity: 'high',
  always: false,
  appliesTo: 'organization',
  evaluate: ({ rootCredentials }) => {
    switch (rootCredentials.result) {
      case 'pass':
        return pass('root credentials are managed centrally');
      case 'fail':
        return fail(`root credentials are not managed centrally: ${meaningOf(rootCredentials)}`);
      case 'not-applicable':
        return notApplicable(rootCredentials.detail);
      case 'unknown':
        return unknown(
          `it is not known whether root credentials are managed centrally: ${meaningOf(rootCredentials)}`,
        );
    }
  },
};

function meaningOf({ detail }: OrganizationFacts['rootCredentials']): string {
  const meaning = MEANINGS[detail];
  return meaning === undefined ? detail : `${meaning} (${detail})`;
}
