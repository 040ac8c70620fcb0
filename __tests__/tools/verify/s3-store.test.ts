/** Verification of a bucket: with versions and a prefix, and when reads are refused. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { s3Service } from '../../../local/fake-aws/s3/s3-service';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { temporaryFolder } from '../../../tools/support/embedded';
import { S3Store } from '../../../tools/verify/s3-store';
import { Evidence, type RunOfEvidence } from '../../support/evidence';
import { keys } from '../../../handlers/shared/bucket-layout';
import { accountId } from '../../support/stored-run';
import { StoredVersions } from '../../support/stored-versions';
import { verified } from '../../support/verified';

const { folder, remove } = temporaryFolder();
const requestHandler = new NodeHttpHandler();
let endpoint: LocalEndpoint;
const stored = new StoredVersions();
const { versions, current, refused } = stored;

beforeAll(async () => {
  endpoint = await LocalEndpoint.start({ s3: stored.over(s3Service(folder)) });
});
afterAll(async () => {
  requestHandler.destroy();
  await endpoint.stop();
  remove();
});

let buckets = 0;
/** A bucket whose reports have versions, and its evidence below a prefix. */
function newBucket(runs: RunOfEvidence[], prefix = 'production/') {
  const bucket = `bucket-${buckets++}`;
  const pathOf = (key: string) => `${bucket}/${prefix}${key}`;
  const onPut = (key: string, content: Buffer) => stored.add(pathOf(key), content);
  const evidence = new Evidence(join(folder, bucket, prefix), { onPut, url: `s3://${bucket}/${prefix}` });
  for (const run of runs) evidence.run(run);
  const client = {
    endpoint: endpoint.url,
    region: 'us-east-1',
    maxAttempts: 1,
    requestHandler,
    credentials: credentialsOf(),
  };
  return { evidence, pathOf, store: new S3Store(new S3Client(client), { bucket, prefix }) };
}

const DATE = '2026-11-02';
const early = { date: DATE, execution: 'early', collectedAt: `${DATE}T08:01:00.000Z`, accounts: 2 };
const late = {
  ...{
    date: DATE,
    execution: 'late',
    startedAt: `${DATE}T18:00:00.000Z`,
    collectedAt: `${DATE}T18:01:00.000Z`,
  },
  ...{ accounts: 2, failed: [2], reportOf: (account: number) => `later report of ${account}` },
};
const report = (account: number) => `${DATE}/credentialReport_${accountId(account)}.csv`;
const told = ({ lines }: { lines: string[] }) =>
  lines.filter((line) => !/^(\w+:|  newest:|A chain alone|Not|Nothing)/.test(line));

describe('verification of a bucket', () => {
  it.each(['production/', ''])('finds everything below the prefix "%s"', async (prefix) => {
    const { store } = newBucket([early], prefix);
    const result = await verified(store);
    expect(told(result)).toEqual([`${DATE}  verified    1 run, 2 reports, 20 files`]);
    expect(result.exitCode).toBe(0);
  });

  it('tells that queries read another bucket, as after a copy of the bucket', async () => {
    const { store, evidence } = newBucket([early]);
    const [run] = evidence.recorded;
    evidence.put(
      keys.partition('findings', DATE),
      `s3://elsewhere/production/${run?.fileOf('findings.csv')}\n`,
    );
    const result = await verified(store);
    expect(told(result)).toEqual([
      `${DATE}  verified    1 run, 2 reports, 19 files; 1 note`,
      expect.stringMatching(
        /^ {2}note {8}tables\/findings\/.*: queries read s3:\/\/elsewhere\/.*, which is not in s3:\/\/bucket-\d+\/production\/$/,
      ),
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('follows listings of several pages', async () => {
    const { store } = newBucket([{ ...early, accounts: 1_100 }]);
    expect(told(await verified(store))).toEqual([`${DATE}  verified    1 run, 1,100 reports, 20 files`]);
  });

  it('reads the version of a report that a later run superseded', async () => {
    const { store } = newBucket([early, late]);
    const result = await verified(store);
    expect(told(result)).toEqual([
      `${DATE}  verified    2 runs, 2 reports, 31 files; 1 superseded, 1 note`,
      expect.stringMatching(
        `^  superseded  ${report(1)}: of manifest 1: by manifest 2; version v\\d+ is right$`,
      ),
      `  note        manifests/production/00000002.json: the run is not complete: 1 of 2 accounts failed`,
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('accepts that a run without manifest superseded a report whose version is right', async () => {
    const { store } = newBucket([early, { ...late, isUnfinished: true }]);
    const result = await verified(store);
    expect(told(result)).toContainEqual(
      expect.stringMatching(
        `^  superseded  ${report(1)}: of manifest 1: by ${DATE}/late; version v\\d+ is right$`,
      ),
    );
    expect(result.exitCode).toBe(0);
  });

  it('finds a report that nobody recorded in the place of one whose version is right', async () => {
    const { store, evidence } = newBucket([early]);
    evidence.put(report(1), 'garbage');
    const result = await verified(store);
    expect(told(result)).toEqual([
      `${DATE}  altered     1 run, 1 report, 20 files; 1 altered`,
      expect.stringMatching(
        `^  altered     ${report(1)}: replaced: the current object is not evidence of any run; version v\\d+ is right$`,
      ),
    ]);
    expect(result.exitCode).toBe(1);
  });

  it('finds that the version of a superseded report was removed', async () => {
    const { store, pathOf } = newBucket([early, late]);
    for (const [key, content] of versions)
      if (key.startsWith(`${pathOf(report(1))} `) && content.toString().startsWith('user'))
        versions.delete(key);
    const result = await verified(store);
    expect(told(result)).toEqual([
      `${DATE}  missing     2 runs, 2 reports, 31 files; 1 missing, 1 note`,
      expect.stringMatching(
        `^  missing     ${report(1)}: of manifest 1: superseded by manifest 2, and version v\\d+ does not exist$`,
      ),
      `  note        manifests/production/00000002.json: the run is not complete: 1 of 2 accounts failed`,
    ]);
    expect(result.exitCode).toBe(1);
  });

  it('finds a deleted report, and says that its version is left', async () => {
    const { store, evidence, pathOf } = newBucket([early]);
    rmSync(join(evidence.folder, report(1)));
    current.delete(pathOf(report(1)));
    expect(told(await verified(store))[1]).toMatch(
      new RegExp(`^  missing     ${report(1)}: deleted; version v\\d+ still has it$`),
    );
  });

  it('tells that the right content has another version ID, as after a copy of the bucket', async () => {
    const { store, pathOf } = newBucket([early]);
    const path = pathOf(report(1));
    const id = current.get(path)!;
    versions.delete(`${path} ${id}`);
    current.set(path, 'another');
    const result = await verified(store);
    expect(told(result)[1]).toBe(
      `  other version ${report(1)}: it has the right content, but version ${id} does not exist`,
    );
    expect(result.exitCode).toBe(0);
  });

  it.each([
    ['manifests/production/00000001.json', early.execution],
    ['manifests/production/00000002.json', late.execution],
  ])('accuses nobody when %s cannot be read', async (manifest, execution) => {
    const { store, pathOf } = newBucket([early, { ...late, failed: [] }]);
    refused.add(pathOf(manifest));
    const result = await verified(store);
    const findings = result.lines.filter((line) => /^ {2}(altered|missing|unfinished|additional)/.test(line));
    expect(findings).toEqual([]);
    expect(result.lines).toContain(
      `  unreadable  runs/${DATE}/${execution}/: its manifest ${manifest} could not be read`,
    );
    expect(result.exitCode).toBe(2);
  });

  it('goes on when an object cannot be read, and ends with code 2', async () => {
    const { store, pathOf } = newBucket([early]);
    refused.add(pathOf(report(1)));
    const result = await verified(store);
    expect(told(result)).toEqual([
      `${DATE}  unreadable  1 run, 1 report, 20 files; 1 unreadable`,
      `  unreadable  ${report(1)}: AccessDenied: Access Denied`,
    ]);
    expect(result.lines).toContain('Not completely checked: 1 day, 1 run, 1 report, 20 files; 1 unreadable');
    expect(result.exitCode).toBe(2);
  });
});
