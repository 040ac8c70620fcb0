import { type CredentialKind, identityOfCredential } from '../../credential-report/credential';
import { plainCell } from '../../shared/plain-cell';
import type { OcsfRun, FindingRow } from './ocsf-run';

/** Stands for the credential of a finding that is not about one. */
const NO_CREDENTIAL = '-';

/**
 * Identifies a finding from run to run: environment, account, check, credential and user, such as
 * `production/123456789012/key-rotation-90-days/access-key 2025-01-31T08:00:00.000Z/ada`. It is text, not a hash, so that
 * people can search for it and see what differs. What may contain a slash comes last.
 *
 * - **Environment:** two environments may watch the same account with other thresholds and exemptions. Their findings are
 *   not the same.
 * - **User name, not ARN:** the name is unique in the account; the ARN changes with the path of the user, and a user who was
 *   created after the report has none in the table yet.
 * - **Date of the key, not its slot:** reports may swap slots, and a key that was rotated is another key. The column `new` is
 *   decided in the same way (`identityOfCredential`).
 * - A user who was deleted and created again under the same name has the same findings, but for those of access keys and
 *   certificates, which have other dates. Reports have no ID of a user that would tell them apart.
 */
export function findingUid(
  { account_id, check, user, credential, slot, created_at }: FindingRow,
  { environment }: Pick<OcsfRun, 'environment'>,
): string {
  const about =
    credential === ''
      ? NO_CREDENTIAL
      : identityOfCredential({ kind: credential as CredentialKind, id: slot, createdAt: created_at });
  return `${environment}/${account_id}/${check}/${about}/${plainCell(user)}`;
}

/**
 * Numbers findings that have the same identity, as two keys of a user that were created in the same second: the second
 * ends in ` #2`. It remembers one account, whose rows follow each other in the table.
 */
export class UniqueUids {
  private account = '';
  private readonly known = new Set<string>();

  constructor(private readonly run: Pick<OcsfRun, 'environment'>) {}

  of(row: FindingRow): string {
    if (row.account_id !== this.account) {
      this.account = row.account_id;
      this.known.clear();
    }
    const uid = findingUid(row, this.run);
    let found = uid;
    for (let number = 2; this.known.has(found); number++) found = `${uid} #${number}`;
    this.known.add(found);
    return found;
  }
}
