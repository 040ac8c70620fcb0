/**
 * pandas and DuckDB read the tables with the lines in docs/reading-the-tables.md, and what these lines prevent does happen
 * without them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { peerProgram } from '../../tools/peers/peer-program';
import { projectRoot } from '../../tools/support/project-root';
import { type HostileRun, hostileRun } from './hostile-run';

const folder = mkdtempSync(join(tmpdir(), 'readers-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = ['credentials.csv', 'findings.csv', 'changes.csv', 'controls.csv'] as const;
let run: HostileRun;
beforeAll(async () => {
  run = await hostileRun();
  for (const file of files) writeFileSync(join(folder, file), run.file(file));
});

type Row = Record<string, unknown>;

/** The line of the document for a reader and a file. */
const document = readFileSync(join(projectRoot, 'docs', 'reading-the-tables.md'), 'utf8');
function documented(start: string): string {
  const line = document.split('\n').find((candidate) => candidate.startsWith(start));
  if (line === undefined) throw new Error(`docs/reading-the-tables.md has no line that starts with ${start}`);
  return line;
}

/** Runs Python in the folder of the tables; its last line gives the rows. */
function python(peer: string, script: string): Row[] {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1024 ** 3 } as const;
  return JSON.parse(execFileSync(peerProgram(peer, 'python'), ['-c', script], options)) as Row[];
}

const pandas = (line: string) =>
  python(
    'pandas',
    `import json, pandas\n${line.replace(/^(\w+ = )?/, 'table = ')}
rows = [{k: None if v is not True and v is not False and pandas.isna(v) else v for k, v in row.items()}
  for row in table.to_dict("records")]
print(json.dumps(rows, default=str))`,
  );

const duckdb = (query: string) =>
  python(
    'duckdb',
    `import json, duckdb\nresult = duckdb.sql(${JSON.stringify(query)})
print(json.dumps([dict(zip(result.columns, row)) for row in result.fetchall()], default=str))`,
  );

const rowsOf = (file: (typeof files)[number]) => parse<Row>(run.file(file), { columns: true });
/** DuckDB takes an empty cell for null. */
const withNull = (rows: Row[]) =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === '' ? null : cell])),
  );
const first = (rows: Row[]) => rows[0] ?? {};

describe('pandas', () => {
  const line = documented('pandas.read_csv(');

  it.each(files)('reads every cell of %s as it was written, with the documented line', (file) => {
    expect(pandas(line.replace('findings.csv', file))).toEqual(rowsOf(file));
  });

  it('reads an account ID as a number and a user NA as nothing without it', () => {
    const rows = pandas('pandas.read_csv("findings.csv")');
    expect(first(rows).account_id).toBe(1);
    expect(rows.map(({ user }) => user)).not.toContain('NA');
  });

  it('keeps the number of a control even so', () => {
    const controlsOf = (rows: Row[]) => rows.map(({ control }) => control);
    const controls = controlsOf(pandas('pandas.read_csv("controls.csv")'));
    expect(controls).toEqual(controlsOf(rowsOf('controls.csv')));
    expect(controls).toContain('CIS v7.0 2.10');
  });
});

describe('DuckDB', () => {
  const query = documented("FROM read_csv('");

  it.each(files)('reads every cell of %s as it was written, with the documented line', (file) => {
    expect(duckdb(query.replace('findings.csv', file))).toEqual(withNull(rowsOf(file)));
  });

  it('reads a table without rows', () => {
    writeFileSync(join(folder, 'empty.csv'), run.file('findings.csv').replace(/\n[^]*/, '\n'));
    expect(duckdb(query.replace('findings.csv', 'empty.csv'))).toEqual([]);
  });

  it('reads account IDs as numbers without it, if none begins with a zero', () => {
    writeFileSync(join(folder, 'ids.csv'), 'account_id,cis_v3_0\n123456789012,CIS 1.10\n');
    expect(duckdb("FROM 'ids.csv'")).toEqual([{ account_id: 123456789012, cis_v3_0: 'CIS 1.10' }]);
  });
});
