import { elapsedSince } from '../core/elapsed';
import type { ListedCredentials } from '../core/service-credentials';
import type { CredentialReport } from '../credential-report/credential-report';
import { csvCells } from '../shared/csv-line';

const DAY = 86_400_000;

/** The cells of every service-specific credential of an account, as their table has them, or why nobody knows them. */
export type ReviewedCredentials = { readonly rows: readonly string[] } | { readonly unknown: true };

/** @param startedAt - of the run, ms since 1970 */
export function reviewedCredentials(
  listed: ListedCredentials,
  { users }: CredentialReport,
  startedAt: number,
): ReviewedCredentials {
  if ('reason' in listed) return { unknown: true };
  const arns = new Map(users.map((row) => [row.user, row.cell('arn')]));
  return {
    rows: listed.credentials.map((one) =>
      csvCells([
        one.UserName,
        arns.get(one.UserName) ?? null,
        one.ServiceName,
        one.ServiceSpecificCredentialId,
        one.Status,
        one.CreateDate,
        one.ExpirationDate ?? null,
        Math.floor(elapsedSince(one.CreateDate, startedAt) / DAY),
        one.ServiceCredentialAlias ?? null,
      ]),
    ),
  };
}
