import { ServiceError, type ServiceResponse, queryAnswer, xml } from '../service';

/** Errors of the call, with their HTTP status (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html). */
const ERRORS = {
  AccessDenied: 403,
  AccountNotManagementOrDelegatedAdministrator: 400,
  OrganizationNotFound: 400,
  OrganizationNotInAllFeaturesMode: 400,
  ServiceAccessNotEnabled: 400,
  Throttling: 400,
} as const;

/** What IAM answers: root credentials are managed centrally, only root sessions are enabled, or an error. */
export type CentralRootAccess = 'enabled' | 'sessions-only' | keyof typeof ERRORS;
export const centralRootAccessAnswers = [
  'enabled',
  'sessions-only',
  ...Object.keys(ERRORS),
] as readonly CentralRootAccess[];

/** ListOrganizationsFeatures, as the management account calls it. */
export function organizationsFeatures({
  id,
  centralRootAccess: answer,
}: {
  readonly id: string;
  readonly centralRootAccess: CentralRootAccess;
}): ServiceResponse {
  if (answer !== 'enabled' && answer !== 'sessions-only')
    throw new ServiceError(ERRORS[answer], answer, `iam:ListOrganizationsFeatures ends with ${answer} here`);
  const features = ['RootSessions', ...(answer === 'enabled' ? ['RootCredentialsManagement'] : [])];
  const members = features.map((feature) => xml({ member: feature })).join('');
  return queryAnswer(
    'ListOrganizationsFeatures',
    `<EnabledFeatures>${members}</EnabledFeatures>${xml({ OrganizationId: id })}`,
  );
}
