import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { Construct } from 'constructs';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../../handlers/credential-report/report-columns';
import { prefixes } from '../../handlers/shared/bucket-layout';
import { tableColumns, tableNamesWith } from '../../handlers/shared/table-columns';
import type { Deployment } from '../deployment';
import type { OtherAccount } from '../other-account';
import type { Statement } from '../policy';
import type { AccessLogging } from '../storage/access-logging';
import type { ReportBucketReference } from '../storage/bucket-access';
import { urlOf } from '../storage/bucket-statements';
import { type CsvTableSource, csvTable } from './csv-table';
import { namedQueries } from './named-queries';
import { queryStatements } from './query-access';
import { QueryResults } from './query-results';

/** Options of {@link QueryTables}. */
export interface QueryTablesProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  /** Whether there is a table of service-specific credentials. */
  readonly serviceCredentials: boolean;
  /**
   * Account that gets the tables, the workgroup and the results: that of a new bucket.
   * @default - the account of the deployment
   */
  readonly owner?: OtherAccount | undefined;
  /**
   * Where requests to the bucket of results are logged.
   * @default - nowhere
   */
  readonly accessLogging?: AccessLogging | undefined;
}

/** 1 TiB, about $5 (https://aws.amazon.com/athena/pricing/): stops a query over years that forgot to say which days. */
const MOST_BYTES_SCANNED = 1024 ** 4;

/**
 * Reports, credentials, findings and changes as tables for Amazon Athena. Partitions are projected from the date, so no
 * crawler has to run and no partition has to be added
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html).
 */
export class QueryTables extends Construct {
  /** For the policy of those who query, in addition to reading the results of runs. */
  readonly statements: readonly Statement[];
  readonly resultsBucketArn: string;

  constructor(scope: Construct, id: string, props: QueryTablesProps) {
    super(scope, id);
    const { deployment, bucket, owner, accessLogging } = props;
    const { keyArn } = bucket;
    const provider = owner?.provider;
    // Athena accepts only letters, digits and underscores.
    const databaseName = deployment.name.replaceAll('-', '_');
    const results = new QueryResults(this, 'results', { deployment, owner, keyArn, accessLogging });
    this.resultsBucketArn = results.arn;
    const database = new GlueCatalogDatabase(this, 'database', {
      provider,
      name: databaseName,
      description: `IAM credential reports of the organization, environment ${deployment.environment}`,
    });
    const sources: CsvTableSource[] = [
      {
        name: 'reports',
        folder: urlOf(bucket),
        inputFormat: 'mapred.TextInputFormat',
        columns: [...REPORT_COLUMNS, ADDITIONAL_COLUMN],
      },
      ...tableNamesWith(props.serviceCredentials).map((name): CsvTableSource => ({
        name,
        folder: urlOf(bucket, prefixes.table(name)),
        // All tables of a date are in one folder, which Athena would read as one table. These folders have a file that
        // lists the one object of the table (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-athena-query.html).
        inputFormat: 'hive.ql.io.SymlinkTextInputFormat',
        columns: tableColumns[name],
      })),
    ];
    for (const source of sources) csvTable(this, { provider, databaseName: database.name }, source);

    const workgroup = new AthenaWorkgroup(this, 'workgroup', {
      provider,
      name: deployment.name,
      description: 'Queries about the IAM credentials of the organization',
      configuration: {
        enforceWorkgroupConfiguration: true,
        bytesScannedCutoffPerQuery: MOST_BYTES_SCANNED,
        resultConfiguration: {
          outputLocation: `s3://${results.name}/`,
          expectedBucketOwner: results.ownerAccountId,
          encryptionConfiguration:
            keyArn === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKeyArn: keyArn },
        },
      },
      forceDestroy: true,
      dependsOn: [results.policy],
    });
    for (const { name, description, query } of namedQueries) {
      new AthenaNamedQuery(this, name, {
        provider,
        name,
        description,
        database: database.name,
        workgroup: workgroup.name,
        query,
      });
    }
    this.statements = queryStatements({
      deployment,
      accountId: results.ownerAccountId,
      workgroup: deployment.name,
      database: databaseName,
      results,
      keyArn,
    });
  }
}
