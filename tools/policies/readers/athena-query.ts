/** A query as Amazon Athena runs it: every call in the name of its caller. */
import {
  GetBucketLocationCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Caller, EnforcedBucket } from './enforced-bucket';

export interface Query {
  readonly table: string;
  readonly day: string;
}

/** @throws if a call is denied; what the callback makes of the rows of the partition is stored and returned */
export async function queryAs(
  caller: Caller,
  enforced: EnforcedBucket,
  { table, day }: Query,
  evaluate: (csv: string) => string,
): Promise<string> {
  const { stack, results } = enforced.setup;
  const tables = Object.values(stack.json.resource.aws_glue_catalog_table ?? {});
  const declared = tables.find(({ name }) => name === table) as
    { parameters: Record<string, string> } | undefined;
  if (!declared) throw new Error(`no table ${table}`);
  const [database] = Object.values(stack.json.resource.aws_glue_catalog_database ?? {});
  const [workgroup] = Object.values(stack.json.resource.aws_athena_workgroup ?? {});
  const { account } = results;
  const call = async (action: string, resource: string) => {
    if (!(await enforced.decide(caller, { action, resource, account }))) throw new Error(`denied: ${action}`);
  };
  const athena = async (...actions: string[]) => {
    for (const action of actions)
      await call(
        `athena:${action}`,
        `arn:aws:athena:us-east-1:${account}:workgroup/${String(workgroup?.name)}`,
      );
  };
  const glue = async (action: string, ...resources: string[]) => {
    for (const resource of resources)
      await call(`glue:${action}`, `arn:aws:glue:us-east-1:${account}:${resource}`);
  };

  await athena('GetWorkGroup', 'ListNamedQueries', 'GetNamedQuery', 'StartQueryExecution');
  const name = String(database?.name);
  await glue('GetDatabase', 'catalog', 'database/default', `database/${name}`);
  await glue('GetTable', 'catalog', `database/${name}`, `table/${name}/${table}`);

  const s3 = enforced.clientOf(caller);
  try {
    for (const Bucket of [results.name, enforced.setup.bucket.name])
      await s3.send(new GetBucketLocationCommand({ Bucket }));
    const template = declared.parameters['storage.location.template'] ?? '';
    const csv = await partition(s3, template.replace('$${day}', day));
    const answer = evaluate(csv);
    const where = { Bucket: results.name, Key: 'query.csv' };
    await s3.send(new PutObjectCommand({ ...where, Body: answer }));
    await athena('GetQueryExecution', 'GetQueryResults');
    return await contentOf(s3, where);
  } finally {
    s3.destroy();
  }
}

/** The object that the symlink file in the folder of a day names. */
async function partition(s3: S3Client, folder: string): Promise<string> {
  const { Bucket, Key: Prefix } = placeOf(folder);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const [symlink] = Contents;
  if (!symlink) throw new Error(`nothing in ${folder}`);
  const listed = await contentOf(s3, { Bucket, Key: symlink.Key ?? '' });
  return contentOf(s3, placeOf(listed.trim()));
}

function placeOf(url: string): { Bucket: string; Key: string } {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  return { Bucket, Key };
}

async function contentOf(s3: S3Client, place: { Bucket: string; Key: string }): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(place));
  return (await Body?.transformToString()) ?? '';
}
