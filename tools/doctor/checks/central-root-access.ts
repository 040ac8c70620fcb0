import {
  ROOT_CREDENTIALS_MANAGEMENT,
  hasCentralRootAccess,
} from '../../../handlers/shared/central-root-access';
import type { AwsReader } from '../aws-reader';
import { type Finding, check, ok, warning } from '../check';

/** https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-iam.html */
const IAM = 'iam.amazonaws.com';

const ENABLE = 'aws iam enable-organizations-root-credentials-management';

/** What each error of the call means, and what mends it (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html). */
const errors: Readonly<Record<string, (account: string) => Finding>> = {
  // A delegated administrator of StackSets, which collects, need not be one of IAM.
  AccountNotManagementOrDelegatedAdministrator: (account) =>
    warning(
      `account ${account} is not a delegated administrator of IAM: central-root-access is unknown in every run`,
      `aws organizations register-delegated-administrator --account-id ${account} --service-principal ${IAM}`,
    ),
  ServiceAccessNotEnabled: () =>
    warning(
      'IAM has no trusted access to the organization, so root credentials are not managed centrally: central-root-access fails in every run',
      `aws organizations enable-aws-service-access --service-principal ${IAM} && ${ENABLE}`,
    ),
  OrganizationNotInAllFeaturesMode: () =>
    warning(
      'the organization has consolidated billing only, so root credentials cannot be managed centrally: central-root-access fails in every run',
      'aws organizations enable-all-features',
    ),
};

type Facts = { features: readonly string[] } | { error: string };

export const centralRootAccess = check({
  id: 'central-root-access',
  question: 'May the account ask IAM about central root access, and are root credentials managed centrally?',
  needs: 'aws',
  applies: ({ deployment }) => hasCentralRootAccess(deployment.partition),
  read: featuresIn,
  judge: (facts, { caller: { account } }) => {
    if ('error' in facts) return errors[facts.error]?.(account) ?? [];
    return facts.features.includes(ROOT_CREDENTIALS_MANAGEMENT)
      ? ok('root credentials of the member accounts are managed centrally')
      : warning(
          'root credentials of the member accounts are not managed centrally: central-root-access fails in every run',
          ENABLE,
        );
  },
});

async function featuresIn(aws: AwsReader): Promise<Facts> {
  try {
    const { EnabledFeatures: features = [] } = await aws.get('iam:ListOrganizationsFeatures', {});
    return { features };
  } catch (error) {
    const name = error instanceof Error ? error.name.replace(/Exception$/, '') : '';
    if (name in errors) return { error: name };
    throw error;
  }
}
