import {
  ListServiceSpecificCredentialsCommand,
  type ServiceSpecificCredentialMetadata,
} from '@aws-sdk/client-iam';
import type { AccountIam } from '../shared/aws/report-role-session';
import { UnexpectedAnswer } from '../shared/aws/unexpected-answer';
import { ServiceCredential } from '../credential-report/service-credentials';
import { validated } from '../shared/validation';

/** Most of a page (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html). */
const PAGE_SIZE = 1_000;

/** Most pages: 5,000 users with two credentials for each of five services have 50. */
const MOST_PAGES = 500;

/**
 * The service-specific credentials of all users of an account.
 * @throws {@link InvalidInput} if IAM returned a credential in another form than it documents
 * @throws {@link UnexpectedAnswer} if the list has no end
 */
export async function listServiceCredentials(iam: Pick<AccountIam, 'send'>): Promise<ServiceCredential[]> {
  const credentials: ServiceCredential[] = [];
  let Marker: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await iam.send(
      new ListServiceSpecificCredentialsCommand({ AllUsers: true, MaxItems: PAGE_SIZE, Marker }),
    );
    // Taken for an empty list, it would pass every check.
    if (!found.ServiceSpecificCredentials)
      throw new UnexpectedAnswer('IAM answered without a list of service-specific credentials');
    credentials.push(...found.ServiceSpecificCredentials.map(credentialOf));
    // A page may have fewer credentials than it could, or none, and still not be the last one.
    if (!found.IsTruncated && !found.Marker) return credentials;
    if (!found.Marker || found.Marker === Marker)
      throw new UnexpectedAnswer('IAM answered with a page that is not the last one and names no other');
    ({ Marker } = found);
  }
  throw new UnexpectedAnswer(`IAM answered with more than ${MOST_PAGES} pages`);
}

function credentialOf(found: ServiceSpecificCredentialMetadata): ServiceCredential {
  const { CreateDate, ExpirationDate, ...texts } = found;
  const credential = {
    ...texts,
    CreateDate: CreateDate?.toISOString(),
    ...(ExpirationDate && { ExpirationDate: ExpirationDate.toISOString() }),
  };
  return validated(ServiceCredential, credential, 'A service-specific credential that IAM returned');
}
