/** Who reads the results of runs, and what of them: an evaluator of IAM policies decides every call. */
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { keys } from '../../../handlers/shared/bucket-layout';
import { everything } from '../../../tools/policies/attacks/targets';
import { type Caller, EnforcedBucket } from '../../../tools/policies/readers/enforced-bucket';
import { ORGANIZATION, type ReaderSetup, accounts, setups } from '../../../tools/policies/readers/setups';
import { fetchReport } from '../../../tools/report/fetch-report';
import { temporaryFolder } from '../../../tools/support/embedded';
import { S3Store } from '../../../tools/verify/s3-store';
import type { MemoryS3 } from '../../support/memory-s3';
import { AUDITOR, COLLECTED, assumedIn, roleIn, storedRuns } from '../../support/readers';
import { verified } from '../../support/verified';

const DATE = '2026-11-22';
const RUN = `${DATE}/run-1`;

const PERMISSION_SET = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO';
const setOf = (name: string) => roleIn(accounts.reader, `${PERMISSION_SET}_${name}_0123456789abcdef`);
const stranger = roleIn(accounts.outsider, 'Stranger');
const neighbor = roleIn(accounts.reader, 'Neighbor');

/** Readers as the environment names them, who they let in, and who stays out. */
const grants: [readers: string, entry: string, letIn: string[], denied: string[]][] = [
  ['a role with a path', AUDITOR, [AUDITOR], [roleIn(accounts.reader, 'Auditor'), neighbor, stranger]],
  [
    'a permission set',
    roleIn(accounts.reader, 'aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Audit_*'),
    [setOf('Audit')],
    [setOf('Admin'), neighbor, stranger],
  ],
  ['an account', accounts.reader, [AUDITOR, neighbor, setOf('Admin')], [stranger]],
  ['an organization', ORGANIZATION, [AUDITOR, neighbor, roleIn(accounts.collecting, 'Admin')], [stranger]],
];

let s3: MemoryS3;
beforeAll(async () => {
  s3 = await storedRuns();
});

/** Whether the caller may read a report. */
async function reads(enforced: EnforcedBucket, caller: Caller, key = keys.report(DATE, COLLECTED)) {
  const client = enforced.clientOf(caller);
  try {
    await client.send(new GetObjectCommand({ Bucket: enforced.setup.bucket.name, Key: key }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'AccessDenied') return false;
    throw error;
  } finally {
    client.destroy();
  }
}

const cases = grants.flatMap(([readers, entry, letIn, denied]) =>
  setups([entry]).map((setup) => ({ title: `${readers}, and ${setup.name}`, setup, entry, letIn, denied })),
);

describe.each(cases)('with $title', ({ setup, entry, letIn, denied }) => {
  let enforced: EnforcedBucket;
  beforeAll(async () => {
    enforced = await EnforcedBucket.start(setup, s3.service);
  });
  afterAll(() => enforced.stop());
  const { readerPolicy } = setup;

  it('those who are named read, with the policy for readers', async () => {
    for (const roleArn of letIn)
      expect([roleArn, await reads(enforced, { roleArn, permissions: readerPolicy })]).toEqual([
        roleArn,
        true,
      ]);
  });

  it('they read nothing without a policy of their own', async () => {
    for (const roleArn of letIn)
      expect([roleArn, await reads(enforced, { roleArn })]).toEqual([roleArn, false]);
  });

  it('nobody else reads, whatever the policy of the role allows', async () => {
    for (const roleArn of denied)
      expect([roleArn, await reads(enforced, { roleArn, permissions: everything })]).toEqual([
        roleArn,
        false,
      ]);
  });

  it('a role of the account of the bucket reads with that policy alone, unless another account has the key', async () => {
    const own = roleIn(setup.bucket.account, 'Auditor');
    const isNamed = entry === ORGANIZATION;
    const isOurs = !setup.bucket.keyArn?.includes(accounts.key);
    expect(await reads(enforced, { roleArn: own, permissions: readerPolicy })).toBe(isNamed || isOurs);
    expect(await reads(enforced, { roleArn: own })).toBe(false);
  });
});

describe.each(setups([AUDITOR]).map((setup): [string, ReaderSetup] => [setup.name, setup]))(
  'a reader of %s',
  (_, setup) => {
    let enforced: EnforcedBucket;
    beforeAll(async () => {
      enforced = await EnforcedBucket.start(setup, s3.service);
    });
    afterAll(() => enforced.stop());
    const auditor = { roleArn: AUDITOR, permissions: setup.readerPolicy };

    it('verifies every run, with the versions that a later run of the day replaced', async () => {
      const client = enforced.clientOf(auditor);
      const store = new S3Store(client, { bucket: setup.bucket.name, prefix: '' });
      const { lines, exitCode } = await verified(store);
      client.destroy();
      expect(lines.join('\n')).not.toContain('unreadable');
      expect(lines.join('\n')).toContain('superseded');
      expect({ exitCode, denied: enforced.denied }).toEqual({ exitCode: 0, denied: [] });
    });

    it('fetches page and tables of a day', async () => {
      const client = enforced.clientOf(auditor);
      const store = new S3Store(client, { bucket: setup.bucket.name, prefix: '' });
      const { folder, remove } = temporaryFolder();
      const props = { environment: 'test', signs: true, out: folder, now: new Date(`${DATE}T12:00:00Z`) };
      const { run } = await fetchReport(store, props);
      client.destroy();
      remove();
      expect({ run: run.execution, denied: enforced.denied }).toEqual({ run: 'run-2', denied: [] });
    });

    it('reads neither reviews nor the manifests of another environment', async () => {
      for (const key of [keys.reviews(RUN, 1, 0), keys.manifest('other', 1), 'another-folder/file'])
        expect([key, await reads(enforced, auditor, key)]).toEqual([key, false]);
    });

    const resource = `arn:aws:s3:::${setup.bucket.name}/${keys.report(DATE, COLLECTED)}`;
    const { account } = setup.bucket;
    it.each([
      's3:PutObject',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:PutObjectRetention',
      's3:BypassGovernanceRetention',
      's3:PutObjectAcl',
    ])('may not %s, even with every permission of its own', async (action) => {
      const administrator = { roleArn: AUDITOR, permissions: everything };
      expect(await enforced.decide(administrator, { action, resource, account })).toBe(false);
    });

    it('reads by TLS only', async () => {
      const context = { 'aws:SecureTransport': 'false' };
      const call = { action: 's3:GetObject', resource, account, context };
      // The owner of a bucket that exists decides that.
      const isOurs = setup.stack.json.output.bucket_policy_statements === undefined;
      expect(await enforced.decide(auditor, call)).toBe(!isOurs);
    });

    it('uses the key by S3 only, and encrypts with it only in the account of the tables', async () => {
      const { keyArn } = setup.bucket;
      if (keyArn === undefined) return;
      const administrator = { roleArn: AUDITOR, permissions: everything };
      const call = { resource: keyArn, account: keyArn.split(':')[4] ?? '' };
      const viaS3 = { 'kms:ViaService': 's3.us-east-1.amazonaws.com' };
      const may = (caller: Caller, action: string, context = {}) =>
        enforced.decide(caller, { ...call, action, context });
      expect(await may(administrator, 'kms:Decrypt')).toBe(false);
      expect(await may(administrator, 'kms:Decrypt', viaS3)).toBe(true);
      expect(await may(administrator, 'kms:GenerateDataKey', viaS3)).toBe(false);
      expect(await may(assumedIn(setup), 'kms:GenerateDataKey', viaS3)).toBe(true);
    });
  },
);
