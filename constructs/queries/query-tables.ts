import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Construct } from 'constructs';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../../handlers/credential-report/credential-row';
import { prefixes } from '../../handlers/shared/bucket-layout';
import { tableColumns, tableNames } from '../../handlers/shared/table-columns';
import type { ReportBucketReference } from '../storage/bucket-access';
import { urlOf } from '../storage/bucket-statements';
import type { Deployment } from '../deployment';
import { namedQueries } from './named-queries';

export interface QueryTablesProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
}

/** Where the objects of a table are: in the folders of the dates, or listed by a symlink file in each of these folders. */
interface TableSource {
  readonly name: string;
  /** Ends with a slash; the folders of the dates are below it. */
  readonly folder: string;
  readonly inputFormat: 'mapred.TextInputFormat' | 'hive.ql.io.SymlinkTextInputFormat';
  readonly columns: readonly string[];
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

/**
 * Reports, credentials, findings and changes as tables for Amazon Athena. Partitions are projected from the date, so no
 * crawler has to run and no partition has to be added
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html).
 */
export class QueryTables extends Construct {
  constructor(scope: Construct, id: string, { deployment, bucket }: QueryTablesProps) {
    super(scope, id);
    const database = new GlueCatalogDatabase(this, 'database', {
      // Athena accepts only letters, digits and underscores.
      name: deployment.name.replaceAll('-', '_'),
      description: `IAM credential reports of the organization, environment ${deployment.environment}`,
    });
    const sources: TableSource[] = [
      {
        name: 'reports',
        folder: urlOf(bucket),
        inputFormat: 'mapred.TextInputFormat',
        columns: [...REPORT_COLUMNS, ADDITIONAL_COLUMN],
      },
      ...tableNames.map((name): TableSource => ({
        name,
        folder: urlOf(bucket, prefixes.table(name)),
        // All tables of a date are in one folder, which Athena would read as one table. These folders have a file that
        // lists the one object of the table (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-athena-query.html).
        inputFormat: 'hive.ql.io.SymlinkTextInputFormat',
        columns: tableColumns[name],
      })),
    ];
    for (const source of sources) this.table(database.name, source);

    const workgroup = new AthenaWorkgroup(this, 'workgroup', {
      name: deployment.name,
      description: 'Queries about the IAM credentials of the organization',
      configuration: {
        enforceWorkgroupConfiguration: true,
        resultConfiguration: { outputLocation: urlOf(bucket, prefixes.athenaResults) },
      },
      forceDestroy: true,
    });
    for (const { name, description, query } of namedQueries) {
      new AthenaNamedQuery(this, name, {
        name,
        description,
        database: database.name,
        workgroup: workgroup.name,
        query,
      });
    }
  }

  private table(databaseName: string, { name, folder, inputFormat, columns }: TableSource): void {
    new GlueCatalogTable(this, name, {
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
}
