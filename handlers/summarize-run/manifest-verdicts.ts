import type { Manifest, ManifestAccount } from '../core/manifest';
import { SERVICE_CREDENTIALS, REPORT, type Unusable } from './report-evidence';

type ReportReason = typeof REPORT.missing | typeof REPORT.changed;
type ListReason = typeof SERVICE_CREDENTIALS.missing | typeof SERVICE_CREDENTIALS.changed;

/** What the manifest of a run says about reports and lists that it could not use. */
export class ManifestVerdicts {
  private readonly accounts: ReadonlyMap<string, ManifestAccount>;

  /** @param manifest - undefined if the run has none yet: then it says nothing */
  constructor(manifest: Manifest | undefined) {
    this.accounts = new Map(manifest?.accounts.map((account) => [account.id, account]));
  }

  readonly ofReport = (id: string): Unusable<ReportReason> | undefined => {
    const account = this.accounts.get(id);
    if (account?.outcome !== 'failed') return undefined;
    const { reason, detail } = account;
    return reason === REPORT.missing || reason === REPORT.changed ? { reason, detail } : undefined;
  };

  readonly ofList = (id: string): Unusable<ListReason> | undefined => {
    const account = this.accounts.get(id);
    const list = account?.outcome === 'collected' ? account.serviceCredentials : undefined;
    if (list?.outcome !== 'failed') return undefined;
    const { reason, detail } = list;
    return reason === SERVICE_CREDENTIALS.missing || reason === SERVICE_CREDENTIALS.changed
      ? { reason, detail }
      : undefined;
  };
}
