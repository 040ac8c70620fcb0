/**
 * A reader in another account queries the tables with SQL, while an evaluator of IAM policies decides each call by the
 * reader's own policy and those of bucket and key.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { namedQueries } from '../../constructs/queries/named-queries';
import { keys } from '../../handlers/shared/bucket-layout';
import { peerProgram } from '../../tools/peers/peer-program';
import { everything } from '../../tools/policies/attacks/targets';
import { queryAs } from '../../tools/policies/readers/athena-query';
import { EnforcedBucket } from '../../tools/policies/readers/enforced-bucket';
import { type ReaderSetup, accounts, setups } from '../../tools/policies/readers/setups';
import { AUDITOR, COLLECTED, assumedIn, roleIn, storedRuns } from '../support/readers';
import { DATE } from '../support/stored-run';

const folder = mkdtempSync(join(tmpdir(), 'enforced-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const findings = namedQueries.find(({ name }) => name === 'findings-of-today')?.query ?? '';

/** DuckDB runs the named query over the rows of a day, as if that were today. */
function sql(csv: string): string {
  writeFileSync(join(folder, 'findings.csv'), csv);
  const script = `import json, duckdb
duckdb.sql("CREATE OR REPLACE VIEW findings AS SELECT *, cast(current_date AS varchar) AS day FROM read_csv('findings.csv', all_varchar = true, header = true, quote = '\\"', escape = '\\"')")
print(json.dumps(duckdb.sql(${JSON.stringify(findings)}).fetchall()))`;
  return execFileSync(peerProgram('duckdb', 'python'), ['-c', script], { cwd: folder, encoding: 'utf8' });
}

describe.each(setups([AUDITOR]).map((setup): [string, ReaderSetup] => [setup.name, setup]))(
  'with %s',
  (_, setup) => {
    let enforced: EnforcedBucket;
    beforeAll(async () => {
      enforced = await EnforcedBucket.start(setup, (await storedRuns()).service);
    });
    afterAll(() => enforced.stop());

    const auditor = { roleArn: AUDITOR, permissions: setup.readerPolicy };
    const queried = (answer: string) =>
      (JSON.parse(answer) as string[][]).map(([, account, name, user, check]) => [
        account,
        name,
        user,
        check,
      ]);
    const expected = expect.arrayContaining([
      [COLLECTED, 'payments', 'ada', 'console-mfa'],
      [COLLECTED, 'payments', 'ada', 'key-rotation-90-days'],
    ]) as unknown;

    it('a role of another account reads a table in S3, and queries it', async () => {
      const s3 = enforced.clientOf(auditor);
      const Key = keys.day(DATE, 'findings.csv');
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: setup.bucket.name, Key }));
      s3.destroy();
      expect(queried(sql((await Body?.transformToString()) ?? ''))).toEqual(expected);
    });

    it('it queries with Athena by a role in the account of the tables', async () => {
      const role = assumedIn(setup);
      const assume = { action: 'sts:AssumeRole', resource: role.roleArn, account: setup.results.account };
      const mayAssume = { ...auditor, permissions: everything };
      expect(await enforced.decide(mayAssume, assume, setup.trust)).toBe(true);
      expect(queried(await queryAs(role, enforced, { table: 'findings', day: DATE }, sql))).toEqual(expected);
      expect(enforced.denied).toEqual([]);
    });

    it('another role of its account may do neither, whatever its own policy allows', async () => {
      const other = {
        roleArn: roleIn(accounts.reader, 'Administrator'),
        permissions: everything,
      };
      const s3 = enforced.clientOf(other);
      const Key = keys.day(DATE, 'findings.csv');
      await expect(s3.send(new GetObjectCommand({ Bucket: setup.bucket.name, Key }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      s3.destroy();
      const role = assumedIn(setup);
      const assume = { action: 'sts:AssumeRole', resource: role.roleArn, account: setup.results.account };
      expect(await enforced.decide(other, assume, setup.trust)).toBe(false);
    });
  },
);
