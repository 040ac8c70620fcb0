/** Builds stored evidence as `summarize-run` writes it, with real hashes, chain and signatures. */
import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest, ManifestAccount } from '../../handlers/core/manifest';
import { type RunFile, dayTables, keys, runOf } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import type { Outcome } from '../../handlers/shared/run-files';
import { tableNamesWith } from '../../handlers/shared/table-columns';
import { remembered } from '../../handlers/summarize-run/history/remembered-runs';
import type { View } from '../../tools/verify/view';
import { accountId } from './stored-run';

export interface SigningKey {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  pem: string;
}

export function newSigningKey(id: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return { id, privateKey, publicKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

export interface EvidenceProps {
  environment?: string;
  signing?: SigningKey | undefined;
  retentionDays?: number | null;
  /** Where the objects are. @default 's3://reports/' */
  url?: string;
  /** Called with what is stored; returns the ID of the new version. */
  onPut?: (key: string, content: Buffer) => string | undefined;
}

export interface RunOfEvidence {
  date: string;
  execution?: string;
  startedAt?: string;
  collectedAt?: string;
  /** How many accounts the organization has. */
  accounts?: number;
  /** Numbers of the accounts that failed. */
  failed?: readonly number[];
  /** The run ends before it has a manifest. */
  isUnfinished?: boolean;
  /** Whether the page of the day stays that of another run. */
  keepsDay?: boolean;
  reportOf?: (account: number) => string;
  /**
   * The list of service-specific credentials of an account.
   * @default - the run does not list them
   */
  listOf?: (account: number) => string;
  evidence?: Extract<ManifestAccount, { outcome: 'collected' }>['evidence'];
}

export interface StoredEvidence {
  run: string;
  number: number;
  /** Key and hash of the manifest. */
  manifest: { key: string; sha256: string };
  view: View;
  fileOf: (file: RunFile) => string;
}

export class Evidence {
  readonly recorded: StoredEvidence[] = [];
  private readonly recent: Manifest['recent'] = [];
  private readonly environment: string;

  constructor(
    readonly folder: string,
    private readonly props: EvidenceProps = {},
  ) {
    this.environment = props.environment ?? 'production';
    const { signing } = props;
    if (signing) this.put(keys.publicKey(signing.id), signing.pem);
  }

  /** Stores an object and returns how a manifest names it. */
  put(key: string, content: string | Uint8Array) {
    const body = Buffer.from(content);
    const file = join(this.folder, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
    const versionId = this.props.onPut?.(key, body);
    return { key, bytes: body.length, sha256: sha256Of(body), ...(versionId !== undefined && { versionId }) };
  }

  private putFile(key: string, content: string | Uint8Array) {
    const { bytes, sha256 } = this.put(key, content);
    return { key, bytes, sha256 };
  }

  private sign(key: string, content: string): void {
    const { signing } = this.props;
    if (signing)
      this.put(keys.signature(key, signing.id), sign('sha256', Buffer.from(content), signing.privateKey));
  }

  /** Stores everything that a run writes. */
  run(props: RunOfEvidence): StoredEvidence {
    const {
      date,
      execution = `run-${date}`,
      startedAt = `${date}T08:00:00.000Z`,
      isUnfinished = false,
    } = props;
    const run = runOf(date, execution);
    const made = sha256Of(run).slice(0, 16);
    const fileOf = (file: RunFile) => keys.runFile(run, made, file);
    const ledger = this.putFile(
      keys.ledger(run),
      JSON.stringify({ environment: this.environment, date, execution }),
    );
    const { accounts, outcomes } = this.collect(props);
    const files = [ledger, this.putFile(keys.outcomes(run, 1), JSON.stringify({ batch: 1, outcomes }))];
    const number = this.recorded.length + 1;
    const key = keys.manifest(this.environment, number);
    const page = `<!doctype html>page of ${run}`;
    const view = {
      version: 1,
      manifest: { key, sha256: '' },
      page: { ...ledger },
      dayPage: { ...ledger },
    } as View;
    const stored = { run, number, manifest: view.manifest, view, fileOf };
    if (isUnfinished) return stored;

    const lists = props.listOf !== undefined;
    const tables = dayTables.filter((name) => lists || name !== 'service_credentials.csv');
    for (const name of [...tables, 'snapshot.jsonl', 'outputs.json'] as const)
      files.push(this.putFile(fileOf(name), `${name} of ${run}\n`));
    const sums = [...files, ...accounts.flatMap((one) => (one.outcome === 'collected' ? [one] : []))];
    files.push(this.putFile(fileOf('SHA256SUMS'), sums.map((one) => `${one.sha256}  ${one.key}\n`).join('')));
    const manifest = JSON.stringify(this.manifestOf({ date, execution, startedAt, number, accounts, files }));
    const { sha256 } = this.put(key, manifest);
    this.sign(key, manifest);
    view.manifest.sha256 = sha256;
    view.page = this.putFile(fileOf('index.html'), page);
    const dayPage = `${page}, as the page of the day`;
    const dayKey = keys.day(date, 'index.html');
    view.dayPage = { key: dayKey, bytes: Buffer.byteLength(dayPage), sha256: sha256Of(dayPage) };
    if (!props.keepsDay) {
      this.put(dayKey, dayPage);
      for (const name of tables) this.put(keys.day(date, name), `${name} of ${run}\n`);
      for (const table of tableNamesWith(lists))
        this.put(
          keys.partition(table, date),
          `${this.props.url ?? 's3://reports/'}${fileOf(`${table}.csv`)}\n`,
        );
    }
    this.put(keys.view(run), JSON.stringify(view));
    this.sign(keys.view(run), JSON.stringify(view));
    this.recorded.push(stored);
    this.recent.unshift({ number, sha256, date, execution, startedAt });
    return stored;
  }

  private collect({
    date,
    collectedAt = `${date}T08:01:00.000Z`,
    accounts = 3,
    failed = [],
    ...props
  }: RunOfEvidence) {
    const {
      reportOf = (account) => `user,arn\n${account} on ${date}`,
      listOf,
      evidence = 'verified',
    } = props;
    const recorded: ManifestAccount[] = [];
    const outcomes: Outcome[] = [];
    for (let account = 1; account <= accounts; account++) {
      const id = accountId(account);
      const name = `name-${account}`;
      if (failed.includes(account)) {
        const failure = { outcome: 'failed', reason: 'denied', detail: 'denied' } as const;
        recorded.push({ id, name, ...failure });
        outcomes.push({ account: id, ...failure });
        continue;
      }
      const report = this.put(keys.report(date, id), reportOf(account));
      const times = { generatedAt: `${date}T07:00:00.000Z`, collectedAt };
      const list = listOf && {
        outcome: 'collected' as const,
        collectedAt,
        ...this.put(keys.serviceCredentials(date, id), listOf(account)),
        credentials: 1,
      };
      const etag = '"etag"';
      outcomes.push({
        ...{ account: id, outcome: 'collected', ...times, ...report, etag },
        ...(list && { serviceCredentials: { ...list, etag } }),
      });
      const counts = { ageMinutes: 61, rootCredentials: 'none', users: 1, findings: 0 } as const;
      recorded.push({
        ...{ id, name, outcome: 'collected', ...times, ...counts, ...report, evidence },
        ...(list && { serviceCredentials: { ...list, evidence } }),
      });
    }
    return { accounts: recorded, outcomes };
  }

  private manifestOf(
    props: Pick<Manifest, 'date' | 'execution' | 'startedAt' | 'number' | 'accounts' | 'files'>,
  ): Manifest {
    const [previous] = this.recorded.slice(-1);
    const collected = props.accounts.filter(({ outcome }) => outcome === 'collected').length;
    const all = props.accounts.length;
    const findingsBySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
    const none = {
      skipped: 0,
      withoutRootCredentials: collected,
      users: 0,
      findings: 0,
      findingsBySeverity,
      principalsWithFindings: 0,
    };
    return {
      version: 3,
      previous: previous ? previous.manifest : null,
      ...{ environment: this.environment, organizationId: 'o-exampleorg1', accountId: '111111111111' },
      ...{ region: 'us-east-1', productVersion: '0.1.0' },
      retentionDays: this.props.retentionDays ?? null,
      complete: collected === all,
      totals: { accounts: all, expected: all, collected, failed: all - collected, ...none },
      ...{ serviceCredentials: null, owners: null },
      ...{
        owners: null,
        failures: [],
        checks: [],
        frameworks: [],
        keyAges: { groups: [], unknown: 0 },
        exemptions: [],
        changes: null,
        unknownColumns: [],
        notes: [],
      },
      recent: remembered(this.recent),
      ...props,
    };
  }
}
