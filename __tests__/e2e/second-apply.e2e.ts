/**
 * Every option of an environment that is deployed and holds reports is changed. `RENEW=1` writes the table of
 * docs/changing-your-mind.md.
 */
import { optionList } from '../../tools/support/option-list';
import { chains } from './second-apply/changes';
import { type Row, runChain } from './second-apply/run-chain';
import { documentText, documentWith, saveDocument } from './second-apply/table';

/** Time for all of it, ms. */
const TIME = 1_800_000;

describe('a second apply with another option', () => {
  let rows: Row[];

  beforeAll(async () => {
    // Most of the time goes by with waiting.
    rows = (await Promise.all(chains.map(runChain))).flat();
    if (process.env.RENEW) saveDocument(rows);
  }, TIME);

  it('is tried with every option', () => {
    const options = new Set(optionList.map(({ field }) => field.split('.')[0]));
    const tried = new Set(rows.map(({ option }) => option.split('.')[0]));
    expect([...options].filter((option) => !tried.has(option))).toEqual([]);
  });

  it('never plans to destroy or replace a bucket, its protection, or a key', () => {
    const others = rows.filter(({ option }) => option !== 'athena');
    const destroyed = others.flatMap(({ option, destroys }) => destroys.map((type) => [option, type]));
    expect(destroyed.filter(([, type = '']) => /^aws_(s3|kms|cloudformation)_/.test(type))).toEqual([
      // The role goes with a target, and with the StackSet.
      ['roleDeployment', 'aws_cloudformation_stack_set_instance'],
      ['roleDeployment', 'aws_cloudformation_stack_set'],
      ['roleDeployment', 'aws_cloudformation_stack_set_instance'],
      // A lock is an option of the bucket.
      ['objectLock', 'aws_s3_bucket_object_lock_configuration'],
    ]);
  });

  it('destroys the results of queries, which can be made again, with their tables', () => {
    const destroyed = rows.flatMap(({ option, destroys }) => (option === 'athena' ? destroys : []));
    const types = [...new Set(destroyed)].filter((type) => !/^aws_(athena|glue)_/.test(type));
    expect(types.sort()).toEqual([
      'aws_s3_bucket',
      'aws_s3_bucket_lifecycle_configuration',
      'aws_s3_bucket_ownership_controls',
      'aws_s3_bucket_policy',
      'aws_s3_bucket_public_access_block',
      'aws_s3_bucket_server_side_encryption_configuration',
    ]);
  });

  it('is refused as a whole if the bucket would have to be replaced', () => {
    const refused = rows.filter(({ until }) => until === 'refuse');
    expect(refused.map(({ plan }) => plan)).toEqual(refused.map(() => 'Instance cannot be destroyed'));
  });

  it('leaves the report, its protection and its keys as they were, except for what the option is about', () => {
    const differences = rows.flatMap(({ option, differs }) => differs.map((what) => `${option}: ${what}`));
    expect([...new Set(differences)]).toEqual([
      'bucket.prefix: lifecycle',
      'encryption: encryption',
      'retentionDays: lifecycle',
      'objectLock: lock',
    ]);
  });

  it('does what the documentation says', () => {
    expect(documentWith(rows)).toBe(documentText());
  });
});
