/** The policy of docs/integrations.md, run by Cloud Custodian against moto: it disables what an owner agreed to, and nothing else. */
import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { REPORT_COLUMNS } from '../../handlers/credential-report/report-columns';
import { peerProgram } from '../../tools/peers/peer-program';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';
import { awsVariables } from '../support/emulator/aws-cli';
import { Front, queryOf } from '../support/emulator/front';
import { Moto } from '../support/emulator/moto';

const TIME = 300_000;
const daysAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19) + '+00:00';

/** Days since each key was used, if it was, and whether it is active. */
interface Key {
  used?: number;
  active: boolean;
}
const users: Record<string, { agreed: boolean; keys: Key[] }> = {
  agreed: {
    agreed: true,
    keys: [
      { used: 100, active: true },
      { used: 3, active: true },
    ],
  },
  'not-agreed': { agreed: false, keys: [{ used: 100, active: true }] },
  'used-lately': { agreed: true, keys: [{ used: 44, active: true }] },
  'never-used': { agreed: true, keys: [{ active: true }] },
  'inactive-one': {
    agreed: true,
    keys: [
      { used: 3, active: true },
      { used: 100, active: false },
    ],
  },
};

const { folder, remove } = temporaryFolder();
let front: Front;
let moto: Moto;
let iam: IAMClient;

beforeAll(async () => {
  [front, moto] = await Promise.all([Front.start(), Moto.start()]);
  front.moto = moto.url;
  // AWS answers with whole seconds, as a credential report has them; Custodian compares the two.
  front.gaps.push({
    after: ({ body }, answer) =>
      body.includes('ListAccessKeys')
        ? { ...answer, body: answer.body.toString().replaceAll(/(T[\d:]{8})\.\d+/g, '$1') }
        : answer,
  });
  const endpoint = `http://127.0.0.1:${front.port}`;
  iam = new IAMClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const rows = [REPORT_COLUMNS.join(',')];
  for (const [UserName, { agreed, keys }] of Object.entries(users)) {
    const Tags = agreed ? [{ Key: 'unused-keys', Value: 'may-be-disabled' }] : [];
    await iam.send(new CreateUserCommand({ UserName, Tags }));
    const cells: Record<string, string> = {
      user: UserName,
      arn: `arn:aws:iam::123456789012:user/${UserName}`,
    };
    for (const [index, { used, active }] of keys.entries()) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      if (!active)
        await iam.send(
          new UpdateAccessKeyCommand({ UserName, AccessKeyId: AccessKey!.AccessKeyId, Status: 'Inactive' }),
        );
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      const { CreateDate } = AccessKeyMetadata.find(
        ({ AccessKeyId }) => AccessKeyId === AccessKey!.AccessKeyId,
      )!;
      cells[`access_key_${index + 1}_active`] = String(active);
      cells[`access_key_${index + 1}_last_rotated`] = CreateDate!.toISOString().replace('.000Z', '+00:00');
      if (used !== undefined) cells[`access_key_${index + 1}_last_used_date`] = daysAgo(used);
      // The keys of a user are told apart by the second in which they were made.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    }
    rows.push(REPORT_COLUMNS.map((column) => cells[column] ?? 'N/A').join(','));
  }
  // moto does not know when a key was used.
  const content = Buffer.from(rows.join('\n')).toString('base64');
  front.gaps.push({
    before: (request) => {
      if (queryOf(request).get('Action') !== 'GetCredentialReport') return undefined;
      const result = `<Content>${content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>${new Date().toISOString()}</GeneratedTime>`;
      const body = `<GetCredentialReportResponse><GetCredentialReportResult>${result}</GetCredentialReportResult></GetCredentialReportResponse>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    },
  });
  const file = join(folder, 'custodian.json');
  copyFileSync(join(projectRoot, 'examples/integrations/custodian.json'), file);
  await promisify(execFile)(
    peerProgram('cloud-custodian', 'custodian'),
    ['run', '--output-dir', folder, '--cache-period', '0', file],
    {
      env: {
        ...awsVariables({ url: endpoint, region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test' }),
        HOME: folder,
        TZ: 'UTC',
      },
    },
  );
}, TIME);

afterAll(async () => {
  await front.stop();
  await moto.stop();
  remove();
});

const statusesOf = async (UserName: string) =>
  ((await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata ?? []).map(
    ({ Status }) => Status,
  );

it('disables the unused keys of a user whose owner agreed, and leaves the others of the same user', async () => {
  expect(await statusesOf('agreed')).toEqual(['Inactive', 'Active']);
});

it.each([
  ['nothing of a user whose owner did not agree', 'not-agreed', ['Active']],
  ['no key that was used lately', 'used-lately', ['Active']],
  ['no key that was never used', 'never-used', ['Active']],
  ['no active key for one that is inactive already', 'inactive-one', ['Active', 'Inactive']],
])('disables %s', async (_what, user, statuses) => {
  expect(await statusesOf(user)).toEqual(statuses);
});
