import type { AccountFacts } from '../checks/check';
import type { ServiceCredentialFailure } from '../shared/run-files';
import type { ServiceCredential } from '../credential-report/service-credentials';
import type { Evidence } from './manifest';

/** The service-specific credentials of an account, or why nobody knows them. */
export type FoundServiceCredentials =
  | { readonly credentials: readonly ServiceCredential[]; readonly evidence: Evidence }
  | { readonly reason: ServiceCredentialFailure; readonly detail: string };

/** What was collected of an account. */
export interface AccountContent extends Omit<AccountFacts, 'startedAt'> {
  /** Undefined if the run does not list them. */
  readonly serviceCredentials: FoundServiceCredentials | undefined;
}
