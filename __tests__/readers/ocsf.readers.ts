/** DuckDB converts findings.ocsf.jsonl to Parquet with the SQL in docs/ocsf.md, and nothing of a line is lost. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ocsfLines } from '../../handlers/export-results/ocsf/ocsf-lines';
import { peerProgram } from '../../tools/peers/peer-program';
import { projectRoot } from '../../tools/support/project-root';
import { COLLECTING_ACCOUNT } from '../../tools/support/embedded-execution';
import { NEXT_DATE, PAYMENTS, STAGING, StoredExport, inPieces } from '../support/ocsf-run';

const folder = mkdtempSync(join(tmpdir(), 'ocsf-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const document = readFileSync(join(projectRoot, 'docs', 'ocsf.md'), 'utf8');
const [, documented = ''] = /^```sql\n([^]*?)^```/m.exec(document) ?? [];
const sql = documented.replace('EXECUTION', 'run-2');

function duckdb(...queries: string[]): unknown[][] {
  const script = `import json, duckdb
for query in ${JSON.stringify(queries)}: result = duckdb.sql(query)
print(json.dumps(result.fetchall() if result else []))`;
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1024 ** 3 } as const;
  return JSON.parse(execFileSync(peerProgram('duckdb', 'python'), ['-c', script], options)) as unknown[][];
}

/** Parquet has a null where a line has no key. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(known.map(([key, member]) => [key, withoutNulls(member)]));
}

interface Line {
  metadata: { uid: string };
  cloud: { account: { uid: string } };
}
const byUid = (lines: readonly unknown[]) =>
  (lines as Line[]).toSorted((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1));

const FILES = "'lake/**/*.parquet'";
const LAKE = `read_parquet(${FILES}, hive_partitioning = false)`;

let lines: Line[];
beforeAll(async () => {
  const stored = await StoredExport.of();
  const { facts } = stored;
  // No check has it yet.
  const remediation = { text: 'Assign an MFA device.', references: ['https://example.com/mfa'] };
  const checks = new Map([...facts.checks].map(([id, check]) => [id, { ...check, remediation }]));
  let text = '';
  for await (const some of ocsfLines(inPieces(stored.csv, 1000), { ...facts, checks })) text += some;
  lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  writeFileSync(join(folder, 'findings.ocsf.jsonl'), text);
  duckdb(sql);
});

describe('the Parquet files of the documented SQL', () => {
  it('contain every line with every key and value', () => {
    const read = duckdb(`SELECT to_json(line) FROM ${LAKE} line`).map(
      ([json]) => JSON.parse(json as string) as unknown,
    );
    expect(lines.length).toBeGreaterThan(20);
    expect(byUid(read.map(withoutNulls))).toEqual(byUid(lines));
  });

  it('lie where Security Lake expects them, by Region, account and day', () => {
    const day = NEXT_DATE.replaceAll('-', '');
    const place = (account: string) =>
      join('lake', 'region=us-east-1', `accountId=${account}`, `eventDay=${day}`, 'run-2-0.parquet');
    expect(globSync('lake/**/*.parquet', { cwd: folder }).sort()).toEqual(
      [PAYMENTS, STAGING, COLLECTING_ACCOUNT].map(place).sort(),
    );
    const counts = duckdb(`SELECT accountId::VARCHAR, count(*) FROM read_parquet(${FILES}) GROUP BY ALL`);
    const expected = Map.groupBy(lines, ({ cloud }) => cloud.account.uid);
    expect(new Map(counts as [string, number][])).toEqual(
      new Map([...expected].map(([account, { length }]) => [account, length])),
    );
  });

  it('are compressed with zstd', () => {
    expect(duckdb(`SELECT DISTINCT compression FROM parquet_metadata(${FILES})`)).toEqual([['ZSTD']]);
  });

  it('have nested columns that a query can name, and no partition as a column', () => {
    const [first] = duckdb(
      `SELECT cloud.account.name, resources[1].name, compliance.requirements, finding_info.tags[1].value
       FROM ${LAKE} WHERE resources[1].name = 'ada' AND compliance.control = 'console-mfa'`,
    );
    expect(first).toEqual(['=Payments, "EU"', 'ada', ['CIS v7.0 2.10', 'CIS v5.0 1.9'], '@team']);
    const columns = duckdb(`DESCRIBE FROM ${LAKE}`).map(([name]) => name);
    expect(columns).not.toContain('region');
    expect(columns).not.toContain('eventDay');
  });

  it('have the same columns for a file in which nothing is exempt', () => {
    const described = () => duckdb(`DESCRIBE FROM ${LAKE}`);
    const before = described();
    rmSync(join(folder, 'lake'), { recursive: true });
    writeFileSync(
      join(folder, 'findings.ocsf.jsonl'),
      `${JSON.stringify({ ...lines[0], comment: undefined })}\n`,
    );
    duckdb(sql);
    expect(described()).toEqual(before);
    const guessed = duckdb("DESCRIBE FROM read_ndjson('findings.ocsf.jsonl')").map(([name]) => name);
    expect(guessed).not.toContain('comment');
  });
});
