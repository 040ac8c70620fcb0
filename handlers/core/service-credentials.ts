import type { ServiceCredentialFailure } from '../shared/run-files';
import type { ServiceCredential } from '../credential-report/service-credentials';
import type { Evidence } from './manifest';

/** Why nobody knows the service-specific credentials of an account. */
export interface UnknownCredentials {
  readonly reason: ServiceCredentialFailure;
  readonly detail: string;
}

/** The service-specific credentials of an account, or why nobody knows them. */
export type ListedCredentials = { readonly credentials: readonly ServiceCredential[] } | UnknownCredentials;

/** The same, read from the bucket. */
export type FoundServiceCredentials =
  { readonly credentials: readonly ServiceCredential[]; readonly evidence: Evidence } | UnknownCredentials;
