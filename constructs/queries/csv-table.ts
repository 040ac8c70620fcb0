import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** Where the objects of a table are: in the folders of the dates, or listed by a symlink file in each of these folders. */
export interface CsvTableSource {
  readonly name: string;
  /** Ends with a slash; the folders of the dates are below it. */
  readonly folder: string;
  readonly inputFormat: 'mapred.TextInputFormat' | 'hive.ql.io.SymlinkTextInputFormat';
  readonly columns: readonly string[];
}

interface Catalog {
  readonly provider: TerraformProvider | undefined;
  readonly databaseName: string;
}

/** A bucket may have reports of the AWS sample, which was published in March 2023. */
const FIRST_DAY = '2023-03-01';

/**
 * RFC 4180 doubles a quotation mark and has no escape character, but the SerDe always has one: `\` by default, with which a
 * user path such as `/x\",true/` shifts the cells that follow. It cannot be the quotation mark, for which the SerDe takes
 * `\` instead, and Athena refuses the table. This one is in no cell: paths, user and account names cannot contain it, and the
 * writer replaces control characters (handlers/summarize-run/output/csv-line.ts).
 */
const ESCAPE = '\u0001';

/** A table of CSV files, all of whose columns are text. */
export function csvTable(
  scope: Construct,
  { provider, databaseName }: Catalog,
  { name, folder, inputFormat, columns }: CsvTableSource,
): GlueCatalogTable {
  return new GlueCatalogTable(scope, name, {
    provider,
    name,
    databaseName,
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      classification: 'csv',
      'skip.header.line.count': '1',
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': `${FIRST_DAY},NOW`,
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
      // Terraform turns the two dollar signs into one.
      'storage.location.template': `${folder}$\${day}/`,
    },
    partitionKeys: [{ name: 'day', type: 'string' }],
    storageDescriptor: {
      location: folder,
      inputFormat: `org.apache.hadoop.${inputFormat}`,
      outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      serDeInfo: {
        // The only CSV SerDe that supports quotes; all of its columns are text
        // (https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html).
        serializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
        parameters: { separatorChar: ',', quoteChar: '"', escapeChar: ESCAPE },
      },
      columns: columns.map((column) => ({ name: column, type: 'string' })),
    },
  });
}
