/**
 * The service-specific credentials of an account, as evidence: what `iam:ListServiceSpecificCredentials` returned for all
 * users, in AWS's names. AWS does not return secrets, and does not say when such a credential was last used
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html).
 */
import * as z from 'zod/mini';
import { AccountId } from '../shared/fields';

const matching = (pattern: RegExp) => z.string().check(z.regex(pattern));

export const ServiceCredential = z.object({
  UserName: matching(/^[\w+=,.@-]{1,64}$/),
  ServiceSpecificCredentialId: matching(/^\w{20,128}$/),
  /** Such as `bedrock.amazonaws.com`. */
  ServiceName: matching(/^[\w.-]{1,200}$/),
  /** `Active`, `Inactive` or `Expired`; AWS may add others. */
  Status: matching(/^\w{1,50}$/),
  CreateDate: z.iso.datetime(),
  /** Absent if it does not expire. Only API keys can expire. */
  ExpirationDate: z.optional(z.iso.datetime()),
  /** Generated name with which a user signs in to the service; API keys have none. */
  ServiceUserName: z.optional(matching(/^[\w+=,.@-]{0,200}$/)),
  /** The public part of an API key. */
  ServiceCredentialAlias: z.optional(matching(/^[\w+=,.@-]{0,200}$/)),
});
export type ServiceCredential = z.infer<typeof ServiceCredential>;

export const ServiceCredentialList = z.object({
  AccountId,
  ServiceSpecificCredentials: z.array(ServiceCredential),
});
export type ServiceCredentialList = z.infer<typeof ServiceCredentialList>;

const sortKey = ({ UserName, ServiceSpecificCredentialId }: ServiceCredential) =>
  `${UserName} ${ServiceSpecificCredentialId}`;

/** The credentials in the order of the evidence file. */
export const sortedCredentials = (credentials: readonly ServiceCredential[]): ServiceCredential[] =>
  [...credentials]
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
    // Parsing gives the fields the order of the schema.
    .map((one) => ServiceCredential.parse(one));

/** The text of the evidence file. The same credentials give the same text, in whatever order and pages AWS returned them. */
export function serviceCredentialsText(account: string, credentials: readonly ServiceCredential[]): string {
  const list: ServiceCredentialList = {
    AccountId: account,
    ServiceSpecificCredentials: sortedCredentials(credentials),
  };
  return `${JSON.stringify(list, null, 2)}\n`;
}
