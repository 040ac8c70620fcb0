/** Athena, by the SerDe that the tables declare, finds the cells that a reader of RFC 4180 finds. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { tableNames } from '../../handlers/shared/table-columns';
import { csvLine } from '../../handlers/shared/csv-line';
import { type GlueTable, readTable } from '../../tools/peers/hive-serde';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';
import { type HostileRun, hostileRun } from './hostile-run';

const declared = Object.values(
  new SynthesizedStack({ athena: true }).json.resource.aws_glue_catalog_table ?? {},
) as unknown as GlueTable[];
const table = (name: string) => declared.find((candidate) => candidate.name === name)!;

const records = (text: string) => parse(text, { from: 2, relax_column_count: true });

describe('Athena', () => {
  let run: HostileRun;
  beforeAll(async () => {
    run = await hostileRun();
  });

  it.each(tableNames)('reads every cell of %s as it was written', (name) => {
    const text = run.file(`${name}.csv`);
    const rows = readTable(table(name), text);
    // A framework has few controls.
    expect(rows.length).toBeGreaterThan(name === 'controls' ? 10 : 100);
    expect(rows).toEqual(records(text));
  });

  it('reads reports right, if IAM quotes as RFC 4180 says', () => {
    const [header = ''] = run.reports[0]?.split('\n') ?? [];
    const text = [header, ...run.reports.map((report) => report.slice(header.length + 1))].join('\n');
    const columns = table('reports').storage_descriptor.columns.length;
    // Reports need not have the last column.
    const rows = records(text).map((row) => [...row, ...Array<null>(columns - row.length).fill(null)]);
    expect(rows.length).toBeGreaterThan(200);
    expect(readTable(table('reports'), text)).toEqual(rows);
  });

  it('reads whatever cells the writer is given', () => {
    const special = fc.constantFrom(
      '"',
      '\\',
      ',',
      '\u0001',
      '\n',
      '\r',
      ' ',
      '\t',
      'a',
      "'",
      '=',
      '\0',
      'ü',
    );
    const cell = fc.oneof(fc.string({ unit: special }), fc.string({ unit: 'binary' }));
    const { length } = table('changes').storage_descriptor.columns;
    const rows = fc.sample(fc.array(cell, { minLength: length, maxLength: length }), {
      numRuns: 5000,
      seed: 1,
    });
    const text = ['header', ...rows.map((row) => csvLine(row).slice(0, -1))].join('\n');
    const read = readTable(table('changes'), text);
    expect(read).toEqual(parse(text, { from: 2, relax_column_count: true, record_delimiter: '\n' }));
    expect(read).toHaveLength(rows.length);
  });
});
