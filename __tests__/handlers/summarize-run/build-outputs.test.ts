import { ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { MemoryS3 } from '../../support/memory-s3';
import '../../support/quiet';
import { root } from '../../support/rows';
import { DATE, accountId, as } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const id = accountId(1);

/** The lines of the digest that name page and changes, with what stands below them. */
async function placesIn(partition: string): Promise<string[]> {
  const runs = new SummarizedRuns({ partition });
  const accounts = [{ id, rows: [as('<root_account>', id, root)] }];
  const { summary } = await runs.run(accounts, { digest: 'always' });
  const lines = summary.digest?.message.split('\n') ?? [];
  return lines.filter((line) => /^(Page|Changes): |^ {2}https:/.test(line));
}

describe('the digest of a run', () => {
  it('names page and changes of the day in the bucket and in the console', async () => {
    const console = `https://us-east-1.console.aws.amazon.com/s3/object/reports?region=us-east-1&prefix=organization/${DATE}`;
    expect(await placesIn('aws')).toEqual([
      `Page: s3://reports/organization/${DATE}/index.html`,
      `  ${console}/index.html`,
      `Changes: s3://reports/organization/${DATE}/changes.csv`,
      `  ${console}/changes.csv`,
    ]);
  });

  it('names them in the bucket only where the console is not known', async () => {
    expect(await placesIn('aws-iso')).toEqual([
      `Page: s3://reports/organization/${DATE}/index.html`,
      `Changes: s3://reports/organization/${DATE}/changes.csv`,
    ]);
  });

  it('links to objects below the prefix of the environment', () => {
    const place = { name: 'reports', owner: '111111111111', prefix: 'iam/production/' };
    const bucket = new ReportBucket(new MemoryS3().client, place);
    expect(
      bucket.consoleUrl('organization/a.csv', { partition: 'aws-us-gov', region: 'us-gov-west-1' }),
    ).toBe(
      'https://console.amazonaws-us-gov.com/s3/object/reports?region=us-gov-west-1&prefix=iam/production/organization/a.csv',
    );
  });
});
