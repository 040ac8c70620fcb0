import type { FoundServiceCredentials, UnknownCredentials } from '../core/service-credentials';
import type { CollectedAccount } from '../core/reconcile';
import { textOf } from '../shared/hash';
import { ServiceCredentialList, serviceCredentialsText } from '../credential-report/service-credentials';
import type { CollectedEvidence } from './report-evidence';

/** What is known of a list without reading it. */
export type UnchangedList = { readonly evidence: 'verified' } | UnknownCredentials;

/** Reads the service-specific credentials of collected accounts; what is wrong with a list never fails its account. */
export class ServiceCredentialReader {
  constructor(private readonly evidence: CollectedEvidence<'list-missing' | 'list-changed'>) {}

  /** Undefined if the list has to be read, or if it has no outcome. */
  unchanged({ id, serviceCredentials: outcome }: CollectedAccount): UnchangedList | undefined {
    if (outcome?.outcome !== 'collected') return outcome;
    return this.evidence.isUnchanged({ id, ...outcome }) ? { evidence: 'verified' } : undefined;
  }

  async of({ id, serviceCredentials: outcome }: CollectedAccount): Promise<FoundServiceCredentials> {
    if (!outcome)
      return { reason: 'not-listed', detail: 'No outcome of the list was recorded with that of the report.' };
    if (outcome.outcome === 'failed') return { reason: outcome.reason, detail: outcome.detail };
    // Most accounts have none, and the text of an empty list is known.
    const copy = outcome.credentials === 0 ? Buffer.from(serviceCredentialsText(id, [])) : undefined;
    const found = await this.evidence.of({ id, ...outcome }, copy);
    return 'reason' in found ? found : credentialsIn(found.content, id, found.evidence);
  }
}

/** The credentials of a list, unless somebody wrote something else and its outcome. */
export function credentialsIn(
  content: Uint8Array,
  account: string,
  evidence: Extract<FoundServiceCredentials, { evidence: unknown }>['evidence'],
): FoundServiceCredentials {
  const list = parsed(content);
  if (list?.AccountId === account) return { credentials: list.ServiceSpecificCredentials, evidence };
  return {
    reason: 'list-invalid',
    detail: 'What was stored is not a list of service-specific credentials of the account.',
  };
}

function parsed(content: Uint8Array): ServiceCredentialList | undefined {
  try {
    return ServiceCredentialList.safeParse(JSON.parse(textOf(content))).data;
  } catch {
    return undefined;
  }
}
