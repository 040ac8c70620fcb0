import type { Deployment } from '../deployment';
import type { Statement } from '../policy';
import { viaS3 } from '../storage/bucket-access';
import { grantedToReaders } from '../storage/reader-principals';

/** What a query needs to know about where it runs. */
export interface QueryPlace {
  readonly deployment: Deployment;
  /** Account of workgroup, tables and results. */
  readonly accountId: string;
  readonly workgroup: string;
  readonly database: string;
  /** Bucket of the results. */
  readonly results: { readonly arn: string };
  /** KMS key that encrypts the results, if S3 does not manage it. */
  readonly keyArn?: string | undefined;
}

/**
 * What it takes to query the tables, in addition to reading the results of runs: Athena does everything else in the name of its
 * caller (https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html).
 */
export function queryStatements(place: QueryPlace): Statement[] {
  const { deployment, accountId, workgroup, database, results, keyArn } = place;
  const athena = (resource: string) => deployment.arn('athena', resource, accountId);
  const glue = (resource: string) => deployment.arn('glue', resource, accountId);
  const owned = { StringEquals: { 'aws:ResourceAccount': accountId } };
  return [
    {
      Sid: 'RunQueries',
      Effect: 'Allow',
      Action: [
        'athena:BatchGetNamedQuery',
        'athena:BatchGetQueryExecution',
        'athena:GetNamedQuery',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryResultsStream',
        'athena:GetWorkGroup',
        'athena:ListNamedQueries',
        'athena:ListQueryExecutions',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      Resource: athena(`workgroup/${workgroup}`),
    },
    {
      // The console lists what there is. These support no resource.
      Sid: 'FindWorkgroup',
      Effect: 'Allow',
      Action: ['athena:ListDataCatalogs', 'athena:ListWorkGroups'],
      Resource: '*',
    },
    {
      Sid: 'ReadTables',
      Effect: 'Allow',
      Action: [
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetPartitions',
        'glue:GetTable',
        'glue:GetTables',
      ],
      // Athena reads the database `default` before any other
      // (https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html).
      Resource: ['catalog', 'database/default', `database/${database}`, `table/${database}/*`].map(glue),
    },
    {
      Sid: 'StoreQueryResults',
      Effect: 'Allow',
      Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      Resource: `${results.arn}/*`,
      Condition: owned,
    },
    {
      Sid: 'FindQueryResults',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      Resource: results.arn,
      Condition: owned,
    },
    ...(keyArn === undefined
      ? []
      : [
          {
            Sid: 'EncryptQueryResults',
            Effect: 'Allow',
            Action: 'kms:GenerateDataKey',
            Resource: keyArn,
            Condition: viaS3(deployment),
          } as const,
        ]),
  ];
}

/**
 * For the policy of a key in another account: readers in the account of the tables encrypt their results with it. In a key policy
 * `*` means the key itself.
 */
export function keyGrantsForQueries(
  readers: readonly string[],
  deployment: Deployment,
  accountId: string,
  keyAccountId: string,
): Statement[] {
  const inAccountOfTables = {
    StringEquals: { ...viaS3(deployment).StringEquals, 'aws:PrincipalAccount': accountId },
  };
  const statement = {
    Sid: 'EncryptQueryResults',
    Effect: 'Allow',
    Action: 'kms:GenerateDataKey',
    Resource: '*',
    Condition: inAccountOfTables,
  } as const;
  return grantedToReaders(readers, statement, deployment, keyAccountId);
}
