import { App, TerraformStack, Testing } from 'cdktf';
import { Deployment } from '../../../constructs/deployment';
import { QueryTables } from '../../../constructs/queries/query-tables';
import { ReportBucket } from '../../../constructs/storage/report-bucket';
import { csvLine } from '../../../handlers/shared/csv-line';
import { keys } from '../../../handlers/shared/bucket-layout';

type Resources = Record<string, Record<string, Record<string, unknown>>>;

function synthesized(prefix = ''): Resources {
  const stack = new TerraformStack(new App(), 'test');
  const deployment = new Deployment('production', 'eu-central-1', '123456789012');
  const bucket = new ReportBucket(stack, 'bucket', { deployment, name: 'reports', prefix });
  new QueryTables(stack, 'query-tables', { deployment, bucket, serviceCredentials: false });
  return (JSON.parse(Testing.synth(stack)) as { resource: Resources }).resource;
}

interface Table {
  name: string;
  parameters: Record<string, string>;
  storage_descriptor: {
    location: string;
    input_format: string;
    columns: { name: string; type: string }[];
    ser_de_info: { serialization_library: string; parameters: Record<string, string> };
  };
}

describe('the Athena tables', () => {
  const resources = synthesized();
  const tables = Object.values(resources.aws_glue_catalog_table!) as unknown as Table[];
  const table = (name: string) => tables.find((candidate) => candidate.name === name)!;

  it('are the reports and the tables of the organization', () => {
    expect(tables.map(({ name }) => name).sort()).toEqual([
      'changes',
      'controls',
      'credentials',
      'findings',
      'reports',
    ]);
  });

  it('have a partition for every date, without a crawler', () => {
    for (const { parameters } of tables) {
      expect(parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.day.type': 'date',
        'projection.day.format': 'yyyy-MM-dd',
        'projection.day.range': '2023-03-01,NOW',
      });
    }
  });

  it('have their partitions where the functions write', () => {
    // Terraform turns the two dollar signs into one.
    const template = (name: string) =>
      table(name).parameters['storage.location.template']!.replace('$${day}', '2026-11-22');
    expect(`s3://reports/${keys.partition('findings', '2026-11-22')}`).toBe(
      `${template('findings')}symlink.txt`,
    );
    expect(`s3://reports/${keys.report('2026-11-22', '123456789012')}`).toContain(template('reports'));
    for (const { parameters, storage_descriptor } of tables) {
      expect(parameters['storage.location.template']).toBe(`${storage_descriptor.location}$\${day}/`);
      expect(storage_descriptor.location).toMatch(/\/$/);
    }
  });

  it('read the tables of the organization through symlink files', () => {
    const formats = Object.fromEntries(
      tables.map(({ name, storage_descriptor }) => [name, storage_descriptor.input_format]),
    );
    const symlink = 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat';
    const text = 'org.apache.hadoop.mapred.TextInputFormat';
    expect(formats).toEqual({
      ...{ reports: text, credentials: symlink, findings: symlink, changes: symlink, controls: symlink },
    });
  });

  it('have an escape character that no cell contains', () => {
    for (const { storage_descriptor } of tables) {
      const { escapeChar = '' } = storage_descriptor.ser_de_info.parameters;
      expect(escapeChar).toHaveLength(1);
      expect(csvLine([`a${escapeChar}b`])).not.toContain(escapeChar);
    }
  });

  it('have the column that not every report has after all others of a report: Athena finds columns by position', () => {
    const columns = (name: string) => table(name).storage_descriptor.columns.map((column) => column.name);
    expect(columns('reports').at(-1)).toBe('additional_credentials_info');
    const [first, last] = ['user', 'additional_credentials_info'].map((name) =>
      columns('credentials').indexOf(name),
    );
    expect(columns('credentials').slice(first, last! + 1)).toEqual(columns('reports'));
  });

  it('are where an environment with a prefix writes', () => {
    const resources = synthesized('audit/');
    const folders = Object.values(resources.aws_glue_catalog_table!).map(
      ({ storage_descriptor }) => (storage_descriptor as Table['storage_descriptor']).location,
    );
    expect(folders.sort()).toEqual([
      's3://reports/audit/',
      's3://reports/audit/tables/changes/',
      's3://reports/audit/tables/controls/',
      's3://reports/audit/tables/credentials/',
      's3://reports/audit/tables/findings/',
    ]);
  });

  it('have all the columns that the named queries use', () => {
    const columns = new Set(
      tables.flatMap(({ storage_descriptor }) => storage_descriptor.columns.map(({ name }) => name)),
    );
    const queries = Object.values(resources.aws_athena_named_query!) as { query: string }[];
    expect(queries).toHaveLength(6);
    for (const { query } of queries) {
      expect(query).not.toMatch(/[$%]\{/);
      for (const [, quoted = ''] of query.matchAll(/"(\w+)"/g)) expect(columns).toContain(quoted);
    }
  });
});
