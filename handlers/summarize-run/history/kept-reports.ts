import type { Manifest } from '../../core/manifest';
import type { FoundServiceCredentials } from '../../core/service-credentials';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { sha256Of } from '../../shared/hash';
import { log } from '../../shared/log';
import { unlessDamaged } from '../damaged';
import { credentialsIn } from '../read-service-credentials';
import type { RecordedManifest } from './manifest-chain';

/** A report that an earlier run of the same date collected. */
export interface KeptReport {
  content: Uint8Array;
  generatedAt: string | null;
  collectedAt: string;
  /** The service-specific credentials that the same run listed, if it did. */
  serviceCredentials?: FoundServiceCredentials;
  /** The run that collected it. */
  from: { number: number; execution: string; startedAt: string };
}

type Collected = Extract<Manifest['accounts'][number], { outcome: 'collected' }>;
type CollectedBefore = ReadonlyMap<string, { account: Collected; from: KeptReport['from'] }>;

/**
 * The reports of accounts that fail now and that an earlier run of the same date collected: the tables and the page of a
 * day keep them, so that a day never gets poorer. The earlier manifests are read when the first account fails.
 */
export class KeptReports {
  private accounts: Promise<CollectedBefore> | undefined;

  /**
   * @param runsOfDate - the finished runs of the date, newest first: the report of the newest counts
   */
  constructor(
    private readonly bucket: ReportBucket,
    private readonly runsOfDate: () => AsyncIterable<RecordedManifest>,
  ) {}

  /** The report of an account; undefined if there is none, or if it is not the one that the manifest names. */
  async of(id: string): Promise<KeptReport | undefined> {
    this.accounts ??= collectedIn(this.runsOfDate());
    const { account, from } = (await this.accounts).get(id) ?? {};
    if (!account || !from) return undefined;
    const { key, versionId, sha256, generatedAt, collectedAt } = account;
    const content = await unlessDamaged(
      () => this.bucket.get(key, { versionId }),
      ({ name }) => {
        log('could not keep the report of an earlier run', { account: id, key, error: name });
        return undefined;
      },
    );
    if (!content || sha256Of(content) !== sha256) return undefined;
    const { serviceCredentials: list } = account;
    return {
      ...{ content, generatedAt, collectedAt, from },
      ...(list && { serviceCredentials: await this.listed(id, list) }),
    };
  }

  private async listed(id: string, list: NonNullable<Collected['serviceCredentials']>) {
    if (list.outcome === 'failed') return list;
    const { key, versionId, sha256, evidence } = list;
    const content = await unlessDamaged(
      () => this.bucket.get(key, { versionId }),
      () => undefined,
    );
    if (content && sha256Of(content) === sha256) return credentialsIn(content, id, evidence);
    return {
      reason: 'list-missing' as const,
      detail: 'The list of an earlier run of the day cannot be read.',
    };
  }
}

async function collectedIn(runs: AsyncIterable<RecordedManifest>): Promise<CollectedBefore> {
  const found = new Map<string, { account: Collected; from: KeptReport['from'] }>();
  for await (const { manifest } of runs) {
    const { number, execution, startedAt, accounts } = manifest;
    for (const account of accounts) {
      if (account.outcome === 'collected' && !found.has(account.id))
        found.set(account.id, { account, from: { number, execution, startedAt } });
    }
  }
  return found;
}
