import { Environment } from '../../../constructs/environment/environment';
import { toShellOptions } from '../../../tools/configure/answer';
import { InvalidAnswers } from '../../../tools/configure/apply-answers';
import type { AwsContext } from '../../../tools/configure/aws-context';
import { Interrupted, type InterviewProps, interview } from '../../../tools/configure/interview';

const nothing: AwsContext = { accounts: [], notes: [] };

/** An interview in which a person gives these answers, and accepts every other proposal. */
async function interviewed(answers: Record<string, string | string[]>, props: Partial<InterviewProps> = {}) {
  const asked: string[] = [];
  const proposals: Record<string, string> = {};
  const refusals: string[] = [];
  const said: string[] = [];
  const json = await interview({
    name: 'dev',
    saved: {},
    path: 'dev.json',
    flags: {},
    aws: nothing,
    others: new Map(),
    all: false,
    say: (line) => said.push(line),
    ask: ({ id }, proposal, problemsWith) => {
      asked.push(id);
      proposals[id] = proposal;
      for (const answer of [answers[id] ?? proposal].flat()) {
        const problems = problemsWith(answer);
        if (problems === '') return Promise.resolve(answer);
        refusals.push(problems);
      }
      return Promise.reject(new Interrupted());
    },
    ...props,
  });
  return { json, asked, proposals, refusals, said };
}

/** An interview that asks nobody. */
async function unattended(props: Partial<InterviewProps>) {
  const said: string[] = [];
  const json = await interview({
    ...{ name: 'dev', saved: {}, path: 'dev.json', flags: {}, aws: nothing, others: new Map(), all: false },
    say: (line) => said.push(line),
    ...props,
  });
  return { json, said };
}

describe('an interview', () => {
  it('gives an empty file if every proposal is accepted', async () => {
    const { json, asked } = await interviewed({});
    expect(json).toEqual({});
    expect(asked).toEqual([
      'region',
      'collectFrom',
      'organizationId',
      'roleDeployment',
      'targets',
      'bucket',
      'bucketName',
      'loggingAccount',
      'encryption',
      'retentionDays',
      'alertEmails',
      'digest',
      'hour',
      'timezone',
      'exclude',
      'athena',
      'backend',
    ]);
  });

  it('does not ask what AWS knows or what an option answers', async () => {
    const aws: AwsContext = {
      ...nothing,
      region: { name: 'eu-central-1', from: 'AWS_REGION' },
      accountId: '222222222222',
      managementAccountId: '111111111111',
      organizationId: 'o-exampleorg1',
      rootId: 'r-ab12',
    };
    const { json, asked, proposals } = await interviewed({}, { aws, flags: { hour: '5' } });
    expect(asked).not.toEqual(expect.arrayContaining(['region']));
    for (const id of ['region', 'collectFrom', 'organizationId', 'targets', 'hour'])
      expect(asked).not.toContain(id);
    // The StackSet of a delegated administrator does not reach the management account.
    expect(proposals.exclude).toBe('111111111111');
    expect(json).toEqual({
      region: 'eu-central-1',
      collectFrom: 'delegated-administrator',
      organizationId: 'o-exampleorg1',
      roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
      schedule: { hour: 5 },
      accounts: { exclude: ['111111111111'] },
    });
  });

  describe('in an account that may or may not be a delegated administrator', () => {
    const aws: AwsContext = { ...nothing, accountId: '222222222222', managementAccountId: '111111111111' };

    it('asks which account runs the collection', async () => {
      const { asked, json } = await interviewed({}, { aws });
      expect(asked).toContain('collectFrom');
      expect(json).toEqual({});
    });

    it('does not guess if nobody can be asked', async () => {
      await expect(unattended({ aws, flags: { hour: '24' } })).rejects.toThrow(
        new InvalidAnswers(
          'collectFrom must be set, because account 222222222222 is not the management account, 111111111111, and ' +
            'may or may not be a delegated administrator; it is missing (--collect-from)\n' +
            'schedule.hour must be a whole number from 0 to 23; got 24 (--hour)',
        ),
      );
    });

    it('uses the answer of an option or of the file', async () => {
      const collectFrom = 'delegated-administrator';
      expect((await unattended({ aws, flags: { collectFrom } })).json).toMatchObject({ collectFrom });
      expect((await unattended({ aws, flags: { collectFrom: 'management-account' } })).json).toEqual({});
      expect((await unattended({ aws, saved: { collectFrom } })).json).toMatchObject({ collectFrom });
    });
  });

  it('prints every value for which nobody was asked, and what it removes', async () => {
    const { said } = await unattended({
      aws: {
        ...nothing,
        accountId: '222222222222',
        managementAccountId: '111111111111',
        rootId: 'r-ab12',
      },
      saved: { retentionDays: 400, schedule: { hour: 3 } },
      flags: { bucket: 'existing', bucketName: 'auditors', backend: 's3', stateBucket: 'states' },
      others: new Map([['production', Environment.parse({})]]),
    });
    expect(said).toEqual([
      'Region: us-east-1, the default: neither AWS_REGION, AWS_DEFAULT_REGION nor the AWS profile names a Region ' +
        '(--region changes it)',
      'Account that runs the collection: delegated-administrator, looked up (--collect-from changes it)',
      'Root or organizational units that get the report role: r-ab12, looked up (--targets changes it)',
      'Days to keep reports: removed; it no longer applies',
      'Accounts to exclude: 111111111111, proposed (--exclude changes it)',
      'Name of the report role: iam-credential-report-generation-role-dev, proposed (--report-role-name changes it)',
      'Region of that bucket: us-east-1, proposed (--state-region changes it)',
    ]);
  });

  it.each([
    ['true', { athena: true }],
    ['yes', { athena: true }],
    ['false', {}],
    ['no', {}],
  ])('reads %s as yes or no', async (athena, json) => {
    expect((await unattended({ flags: { athena } })).json).toEqual(json);
  });

  it('reads tags with an empty value, and with an equals sign in it', async () => {
    const { json } = await unattended({ flags: { tags: 'a=, b=c=d' } });
    expect(json).toEqual({ tags: { a: '', b: 'c=d' } });
  });

  it('asks every question with --all', async () => {
    const region = { name: 'eu-central-1', from: 'AWS_REGION' };
    const { asked } = await interviewed({}, { all: true, aws: { ...nothing, region } });
    for (const id of ['region', 'reportRoleName', 'waitCycles', 'tags']) expect(asked).toContain(id);
  });

  it('says that an option of another kind takes a field out', async () => {
    const { said, json } = await unattended({
      saved: { roleDeployment: { kind: 'stack-set', targets: ['ou-ab12-12345678'] } },
      flags: { roleDeployment: 'none' },
    });
    expect(json.roleDeployment).toEqual({ kind: 'none' });
    expect(said).toContain(
      'Root or organizational units that get the report role: removed; it no longer applies',
    );
  });

  it('says right away what is wrong with an answer', async () => {
    const { refusals, json } = await interviewed({
      hour: ['25', '7'],
      alertEmails: ['nobody', 'a@example.com'],
    });
    expect(refusals).toEqual([
      'alertEmails.0 must be an email address; got "nobody"',
      'schedule.hour must be a whole number from 0 to 23; got 25',
    ]);
    expect(json).toEqual({ alertEmails: ['a@example.com'], schedule: { hour: 7 } });
  });

  it('asks what a choice requires, and removes what no longer applies', async () => {
    const saved = {
      loggingAccount: { accountId: '222222222222', roleName: 'Deploy' },
      retentionDays: 400,
      backend: { kind: 'cloud', organization: 'us', workspace: 'ours' },
    };
    const { json, asked } = await interviewed(
      {
        bucket: 'existing',
        bucketName: 'auditors',
        bucketAccount: '333333333333',
        backend: 's3',
        stateBucket: 'states',
      },
      { saved },
    );
    expect(asked).not.toContain('loggingAccount');
    expect(asked).not.toContain('cloudOrganization');
    expect(json).toEqual({
      bucket: { kind: 'existing', name: 'auditors', accountId: '333333333333' },
      backend: { kind: 's3', bucket: 'states', region: 'us-east-1' },
    });
  });

  it('refuses a choice with which an option cannot be used', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:222222222222:key/1';
    const { refusals, json } = await interviewed(
      { encryption: ['s3-managed', 'existing-key'] },
      { flags: { keyArn } },
    );
    expect(refusals).toEqual([`--key-arn can be used only with --encryption existing-key; got "${keyArn}"`]);
    expect(json).toEqual({ encryption: { kind: 'existing-key', keyArn } });
  });

  it('asks nothing if options exclude each other', async () => {
    const ask = jest.fn();
    const flags = { bucket: 'existing', bucketName: 'auditors', loggingAccount: '222222222222' };
    await expect(interviewed({}, { flags, ask })).rejects.toThrow(
      new InvalidAnswers('--logging-account can be used only with --bucket new; got "222222222222"', true),
    );
    expect(ask).not.toHaveBeenCalled();
  });

  it('accepts an option that fits the saved answers', async () => {
    const saved = { backend: { kind: 's3', bucket: 'states', region: 'us-east-1' } };
    const { json } = await interviewed({}, { saved, flags: { stateBucket: 'others', keyArn: '' } });
    expect(json).toEqual({ backend: { ...saved.backend, bucket: 'others' } });
  });

  it('refuses a choice that a field without a question excludes, and says why', async () => {
    const saved = { objectLock: { mode: 'governance', days: 30 } };
    const { refusals } = await interviewed({ bucket: ['existing', 'new'] }, { saved });
    expect(refusals).toEqual([
      expect.stringMatching(/^objectLock cannot be set when `bucket\.kind` is `existing`/),
    ]);
  });

  it('lists the accounts with a question about an account', async () => {
    const aws = { ...nothing, accounts: [{ id: '222222222222', name: 'log-archive' }] };
    const { said } = await interviewed({}, { aws });
    expect(said).toContain('  222222222222  log-archive');
  });

  it('proposes the saved answers', async () => {
    const saved = {
      schedule: { hour: 3 },
      athena: true,
      accounts: { exclude: ['111111111111', '222222222222'] },
    };
    const { proposals, json } = await interviewed({}, { saved });
    expect(proposals).toMatchObject({ hour: '3', athena: 'yes', exclude: '111111111111, 222222222222' });
    expect(json).toEqual(saved);
  });

  it('asks nothing if the file has a problem that no question can solve', async () => {
    const ask = jest.fn();
    await expect(interviewed({}, { saved: { bukcet: {}, digest: 'never' }, ask })).rejects.toThrow(
      new InvalidAnswers('dev.json: bukcet is not an option; docs/options.md lists all options'),
    );
    expect(ask).not.toHaveBeenCalled();
  });

  it('gives a second environment another role name without asking', async () => {
    const others = new Map([['production', Environment.parse({})]]);
    const { json, asked } = await interviewed({}, { others });
    expect(asked).not.toContain('reportRoleName');
    expect(json).toEqual({ reportRoleName: 'iam-credential-report-generation-role-dev' });
  });

  it('reports every answer right away, as an option with which the next interview continues', async () => {
    const kept: Record<string, string> = {};
    const onAnswer = (id: string, answer: string) => (kept[id] = answer);
    const answers = { region: 'eu-west-1', cloudOrganization: "Mom's & Co", backend: 'cloud' };
    const { json } = await interviewed(answers, { onAnswer });
    const { cloudOrganization = '', targets = '', region = '' } = kept;
    expect(toShellOptions({ region, targets, cloudOrganization })).toEqual([
      '--region eu-west-1',
      "--targets ''",
      `--cloud-organization 'Mom'\\''s & Co'`,
    ]);
    const again = await interviewed({}, { flags: kept });
    expect(again).toMatchObject({ asked: [], json });

    const [before, interrupted] = [{}, { hour: ['99'] }] as [
      Record<string, string>,
      Record<string, string[]>,
    ];
    await expect(
      interviewed(interrupted, { onAnswer: (id, answer) => (before[id] = answer) }),
    ).rejects.toThrow(Interrupted);
    expect(Object.keys(before).at(-1)).toBe('digest');
  });

  it('ends without an environment on Ctrl-C', async () => {
    await expect(interviewed({ hour: ['99'] })).rejects.toThrow(Interrupted);
  });
});
