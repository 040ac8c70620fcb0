import {
  type IAMClient,
  ListOrganizationsFeaturesCommand,
  type ListOrganizationsFeaturesCommandOutput,
} from '@aws-sdk/client-iam';
import { UnexpectedAnswer, refusePages } from '../shared/aws/unexpected-answer';
import { ROOT_CREDENTIALS_MANAGEMENT, hasCentralRootAccess } from '../shared/central-root-access';
import { inOneLine, withoutMiddle } from '../shared/excerpt';
import { log } from '../shared/log';
import type { RootCredentials } from '../shared/run-files';

/**
 * Longest wait for an answer, retries included, ms. The call is made while accounts are listed, and listing a large
 * organization takes longer anyway.
 */
const TIME_LIMIT = 5_000;

/** Longest detail that is kept, characters. */
const LONGEST_DETAIL = 100;

/**
 * Errors that say that root credentials cannot be managed centrally: IAM has no trusted access to the organization, or the
 * organization has consolidated billing only. Any other error leaves the question open, also
 * `AccountNotManagementOrDelegatedAdministrator`: a delegated administrator of StackSets need not be one of IAM
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html).
 */
const NOT_ENABLED = ['ServiceAccessNotEnabled', 'OrganizationNotInAllFeaturesMode'];

interface Question {
  iam: IAMClient;
  partition: string;
  run: string;
  /** @default - {@link TIME_LIMIT} */
  timeLimit?: number;
}

/** What IAM answered, and for which organization, if it named one. */
type Answer = RootCredentials & { readonly organizationId?: string };

/** Asks IAM whether the organization manages root credentials centrally. Never throws: a run does not depend on it. */
export async function centralRootAccess({
  iam,
  partition,
  run,
  timeLimit = TIME_LIMIT,
}: Question): Promise<Answer> {
  if (!hasCentralRootAccess(partition))
    return { result: 'not-applicable', detail: `${partition} has no central root access` };
  try {
    return ofAnswer(await answer(iam, timeLimit));
  } catch (error) {
    const found = ofError(error);
    log('central root access was not listed', { run, ...found, error: String(error) });
    return found;
  }
}

/**
 * What an answer says of the organization whose accounts were listed: nothing, if it is for another one.
 * @param organization - empty if AWS Organizations did not say: then IAM is believed
 */
export function centralRootAccessOf(
  organization: string,
  { organizationId = organization, ...found }: Answer,
): RootCredentials {
  if (organization === '' || organizationId === organization) return found;
  return {
    result: 'unknown',
    detail: shortened(`IAM answered for ${organizationId}, not for ${organization}`),
  };
}

async function answer(iam: IAMClient, timeLimit: number): Promise<ListOrganizationsFeaturesCommandOutput> {
  refusePages(iam);
  const abortSignal = AbortSignal.timeout(timeLimit);
  // The client does not look at the signal while it waits for its next attempt.
  const timeout = new Promise<never>((_, reject) => {
    abortSignal.addEventListener('abort', () => {
      reject(abortSignal.reason as DOMException);
    });
  });
  return Promise.race([timeout, iam.send(new ListOrganizationsFeaturesCommand({}), { abortSignal })]);
}

function ofAnswer({ OrganizationId, EnabledFeatures = [] }: ListOrganizationsFeaturesCommandOutput): Answer {
  // An answer of something else than IAM has no field, and would read as one without features.
  if (!OrganizationId) throw new UnexpectedAnswer('IAM answered without an organization');
  const isEnabled = EnabledFeatures.includes(ROOT_CREDENTIALS_MANAGEMENT);
  return {
    result: isEnabled ? 'pass' : 'fail',
    detail: `enabled: ${EnabledFeatures.join(', ') || 'none'}`,
    organizationId: OrganizationId,
  };
}

function ofError(error: unknown): RootCredentials {
  const { name, code } = error as { name?: string; code?: string };
  const told = (name === 'Error' ? code : undefined) ?? name ?? 'Error';
  const detail = shortened(told.replace(/Exception$/, ''));
  return { result: NOT_ENABLED.includes(detail) ? 'fail' : 'unknown', detail };
}

const shortened = (detail: string) => withoutMiddle(inOneLine(detail), LONGEST_DETAIL);
