import { keys } from '../../handlers/shared/bucket-layout';
import type { Manifest } from '../../handlers/core/manifest';
import type { RunSummary } from '../../handlers/shared/events';
import { type Organization, credentialReport } from '../support/emulator/organization';
import type { Bucket } from './bucket';
import { type ReportRole, reportRoles } from './report-roles';

/** What a run left in the bucket, and what it should have found in the accounts. */
export interface ObservedRun {
  /** Account IDs by name. */
  accounts: Organization['accounts'];
  manifest: Manifest;
  /** Objects below the date of the run, by key. */
  stored: Record<string, string>;
  /** What IAM gives to an administrator of each collected account, by the key that its report should have. */
  reports: Record<string, string>;
  /** The report role of every account that has one, by the name of the account. */
  reportRoles: Record<string, ReportRole>;
}

export async function observedRun(
  { manifest: { key } }: RunSummary,
  bucket: Bucket,
  organization: Organization,
  reportRoleName: string,
): Promise<ObservedRun> {
  const manifest = JSON.parse((await bucket.objects(key))[key] ?? 'null') as Manifest;
  const collected = manifest.accounts.filter(({ outcome }) => outcome === 'collected');
  const reports = collected.map(async ({ id, name }) => [
    keys.report(manifest.date, id),
    await credentialReport(await organization.administrator(name)),
  ]);
  return {
    accounts: organization.accounts,
    manifest,
    stored: await bucket.objects(`${manifest.date}/`),
    reports: Object.fromEntries(await Promise.all(reports)) as Record<string, string>,
    reportRoles: await reportRoles(reportRoleName, organization),
  };
}
