/** Two days of an organization whose findings are of every kind, as `export-results` finds them in the bucket. */
import { parse } from 'csv-parse/sync';
import { ocsfLines } from '../../handlers/export-results/ocsf/ocsf-lines';
import { type OcsfRun, type FindingRow, exportedChecks } from '../../handlers/export-results/ocsf/ocsf-run';
import type { ServiceCredential } from '../../handlers/credential-report/service-credentials';
import { keys } from '../../handlers/shared/bucket-layout';
import type { Exemption } from '../../handlers/shared/events';
import { LEDGER_ORGANIZATION } from '../../tools/support/embedded-execution';
import { consoleUser, days, key, root, user } from './rows';
import { DATE, type StoredAccount, accountId, as } from './stored-run';
import { type SummarizedRun, SummarizedRuns } from './summarized';

export const [PAYMENTS, STAGING] = [1, 2].map(accountId) as [string, string];
export const NEXT_DATE = '2026-11-23';

const withoutMfa = { ...consoleUser, mfa_active: 'false' };
/** IAM accepts these as names of users; a spreadsheet takes the first four for formulas. */
const FORMULAS = ['=1+1', '+1', '-1', '@x'];
/** IAM accepts none of these. */
const HOSTILE = [
  '"',
  'a,b',
  "it's",
  'ünï 名前 🙂',
  '\\',
  'line\n"break"',
  '\u0001"',
  '{"uid":1}',
  'a/b',
  'null',
];

const EXEMPTION: Exemption = {
  account: PAYMENTS,
  user: 'exempt',
  check: 'console-mfa',
  reason: 'hardware is "ordered", for sure',
  expires: '2026-12-01',
  approvedBy: 'Security Board',
  ticket: 'SEC-7',
};

const credential = (number: number, change: Partial<ServiceCredential> = {}): ServiceCredential => ({
  UserName: 'ada',
  ServiceSpecificCredentialId: `ACCALOCA${String(number).padStart(12, '0')}`,
  ServiceName: 'bedrock.amazonaws.com',
  Status: 'Active',
  CreateDate: new Date(days(10)).toISOString(),
  ...change,
});

const sameSecond = { ...user, ...key(1, 400, 3), ...key(2, 400, 'never') };

const accounts = (later: boolean): StoredAccount[] => [
  {
    id: PAYMENTS,
    name: '=Payments, "EU"',
    unitNames: 'Workloads/Prod',
    owner: { name: '@team', source: 'tag', asOf: DATE },
    rows: [
      as('<root_account>', PAYMENTS, { ...root, password_enabled: 'true', password_last_used: days(2) }),
      as('ada', PAYMENTS, withoutMfa),
      as('exempt', PAYMENTS, withoutMfa),
      as('keys', PAYMENTS, sameSecond),
      as('unreadable', PAYMENTS, { ...consoleUser, mfa_active: 'perhaps' }),
      ...(later ? [as('newcomer', PAYMENTS, withoutMfa)] : []),
    ],
    // The second user was created after the report was generated.
    serviceCredentials: [credential(1), credential(2), credential(3, { UserName: 'later' })],
  },
  {
    id: STAGING,
    name: "'quoted'",
    rows: [
      as('<root_account>', STAGING, root),
      ...[...FORMULAS, ...HOSTILE].map((name) => as(name, STAGING, withoutMfa)),
    ],
  },
];

/** What `export-results` reads: the manifest of a run, and its findings. */
export class StoredExport {
  private constructor(
    private readonly runs: SummarizedRuns,
    private readonly run: SummarizedRun,
  ) {}

  /** The second day, on which most findings are known, unless `first`. */
  static async of({ first = false } = {}): Promise<StoredExport> {
    // What the functions log; before the first test, nothing else keeps it out of the output.
    const quiet = [
      jest.spyOn(console, 'log').mockReturnValue(undefined),
      jest.spyOn(process.stdout, 'write').mockReturnValue(true),
    ];
    const runs = new SummarizedRuns({ environment: 'production' });
    const props = {
      serviceCredentials: true,
      checks: { exemptions: [EXEMPTION] },
      organization: {
        ...LEDGER_ORGANIZATION,
        rootCredentials: { result: 'fail', detail: 'enabled: none' } as const,
      },
    };
    const earlier = await runs.run(accounts(false), props);
    const later = { ...props, date: NEXT_DATE, execution: 'run-2' };
    const run = first ? earlier : await runs.run(accounts(true), later);
    for (const spy of quiet) spy.mockRestore();
    return new StoredExport(runs, run);
  }

  get facts(): OcsfRun {
    const { manifest, summary } = this.run;
    return {
      ...manifest,
      partition: 'aws',
      manifest: { url: `s3://reports/${summary.manifest.key}`, sha256: summary.manifest.sha256 },
      checks: exportedChecks(manifest),
    };
  }

  get csv(): string {
    return this.runs.s3.text(keys.day(this.run.manifest.date, 'findings.csv'));
  }

  get rows(): FindingRow[] {
    return parse(this.csv, { columns: true, record_delimiter: '\n' });
  }

  /** @param size - bytes of the pieces that the table arrives in */
  async lines(size = 65_536): Promise<string> {
    let text = '';
    for await (const lines of ocsfLines(inPieces(this.csv, size), this.facts)) text += lines;
    return text;
  }
}

export async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array, undefined> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size)
    yield await Promise.resolve(bytes.subarray(from, from + size));
}
