/** Judges the service-specific credentials of an account one by one, so that each has its own finding. */
import type { Credential } from '../credential-report/credential';
import type { ServiceCredential } from '../credential-report/service-credentials';
import { type AccountFacts, type Verdict, type Verdicts, notApplicable, unknown } from './check';

const DAY = 86_400_000;

/** A credential, and how it is called in a sentence. */
export interface JudgedCredential extends ServiceCredential {
  readonly name: string;
  /** Whole days since it was created; undefined if it was created in the future. */
  readonly age: number | undefined;
}

/**
 * One verdict for each credential, in the order of the list; unknown if nobody knows which there are.
 * @param none - why the check does not apply to an account without any that are judged
 * @param judge - returns nothing if the check is not about the credential
 */
export function eachServiceCredential(
  { serviceCredentials: found, times }: AccountFacts,
  none: string,
  judge: (credential: JudgedCredential) => Verdicts | undefined,
): Verdicts {
  if (!found) return unknown('service-specific credentials are not collected');
  if ('reason' in found) return unknown(`service-specific credentials are not known: ${found.reason}`);
  const [first, ...others] = found.credentials.flatMap((one): Verdict[] => {
    const created = Date.parse(one.CreateDate);
    // It may have been created since the run started, days ago if the run was redriven, and while the run waited for the list.
    const isInFuture = created > Math.max(times.startedAt, times.madeAt) + DAY;
    const age = isInFuture ? undefined : Math.max(0, Math.floor((times.startedAt - created) / DAY));
    const judged = { ...one, age, name: `credential for ${one.ServiceName}` };
    const verdicts = isKnown(one) ? judge(judged) : unknown(`${judged.name} has the status ${one.Status}`);
    const about = { user: one.UserName, credential: credentialOf(one, age) };
    return (verdicts ?? []).map((verdict) => ({ ...verdict, ...about }));
  });
  return first ? [first, ...others] : notApplicable(none);
}

/** AWS may add a status, and nobody knows what it means. */
const isKnown = ({ Status }: ServiceCredential) => ['Active', 'Inactive', 'Expired'].includes(Status);

/** AWS does not say when it was last used. */
const credentialOf = (
  { ServiceSpecificCredentialId, CreateDate }: ServiceCredential,
  ageDays: number | undefined,
): Credential => ({
  kind: 'service-specific',
  id: ServiceSpecificCredentialId,
  createdAt: CreateDate,
  ageDays: ageDays ?? null,
  lastUsedAt: '',
  lastUsedRegion: '',
  lastUsedService: '',
});
