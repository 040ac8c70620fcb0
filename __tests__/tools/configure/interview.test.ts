import { Environment } from '../../../constructs/environment/environment';
import { asOptions } from '../../../tools/configure/answer';
import type { Facts } from '../../../tools/configure/facts';
import { Refused } from '../../../tools/configure/answered';
import { type InterviewProps, Stopped, interview } from '../../../tools/configure/interview';

const nothing: Facts = { accounts: [], notes: [] };

/** An interview in which a person gives these answers, and accepts every other proposal. */
async function interviewed(answers: Record<string, string | string[]>, props: Partial<InterviewProps> = {}) {
  const asked: string[] = [];
  const proposals: Record<string, string> = {};
  const refusals: string[] = [];
  const said: string[] = [];
  const draft = await interview({
    name: 'dev',
    saved: {},
    path: 'dev.json',
    flags: {},
    facts: nothing,
    others: new Map(),
    all: false,
    say: (line) => said.push(line),
    ask: ({ id }, proposal, problemsOf) => {
      asked.push(id);
      proposals[id] = proposal;
      for (const answer of [answers[id] ?? proposal].flat()) {
        const problems = problemsOf(answer);
        if (problems === '') return Promise.resolve(answer);
        refusals.push(problems);
      }
      return Promise.reject(new Stopped());
    },
    ...props,
  });
  return { draft, asked, proposals, refusals, said };
}

/** An interview that asks nobody. */
async function unattended(props: Partial<InterviewProps>) {
  const said: string[] = [];
  const draft = await interview({
    ...{ name: 'dev', saved: {}, path: 'dev.json', flags: {}, facts: nothing, others: new Map(), all: false },
    say: (line) => said.push(line),
    ...props,
  });
  return { draft, said };
}

describe('an interview', () => {
  it('whose every proposal is accepted gives an environment that takes every default', async () => {
    const { draft, asked } = await interviewed({});
    expect(draft).toEqual({});
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

  it('does not ask what AWS knows, nor what an option answers', async () => {
    const facts: Facts = {
      ...nothing,
      region: 'eu-central-1',
      accountId: '222222222222',
      managementAccountId: '111111111111',
      organizationId: 'o-exampleorg1',
      rootId: 'r-ab12',
    };
    const { draft, asked, proposals } = await interviewed({}, { facts, flags: { hour: '5' } });
    expect(asked).not.toEqual(expect.arrayContaining(['region']));
    for (const id of ['region', 'collectFrom', 'organizationId', 'targets', 'hour'])
      expect(asked).not.toContain(id);
    // The StackSet of a delegated administrator does not reach the management account.
    expect(proposals.exclude).toBe('111111111111');
    expect(draft).toEqual({
      region: 'eu-central-1',
      collectFrom: 'delegated-administrator',
      organizationId: 'o-exampleorg1',
      roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
      schedule: { hour: 5 },
      accounts: { exclude: ['111111111111'] },
    });
  });

  describe('in an account of which it is not known whether it is a delegated administrator', () => {
    const facts: Facts = { ...nothing, accountId: '222222222222', managementAccountId: '111111111111' };

    it('asks which account collects', async () => {
      const { asked, draft } = await interviewed({}, { facts });
      expect(asked).toContain('collectFrom');
      expect(draft).toEqual({});
    });

    it('refuses to guess when nobody can be asked', async () => {
      await expect(unattended({ facts, flags: { hour: '24' } })).rejects.toThrow(
        new Refused(
          'collectFrom: not known: account 222222222222 is not the management account, which is 111111111111, and ' +
            'may not see what a delegated administrator sees (--collect-from)\n' +
            'schedule.hour: 24 (allowed: a whole number from 0 to 23) (--hour)',
        ),
      );
    });

    it('takes what an option or the file says', async () => {
      const collectFrom = 'delegated-administrator';
      expect((await unattended({ facts, flags: { collectFrom } })).draft).toMatchObject({ collectFrom });
      expect((await unattended({ facts, flags: { collectFrom: 'management-account' } })).draft).toEqual({});
      expect((await unattended({ facts, saved: { collectFrom } })).draft).toMatchObject({ collectFrom });
    });
  });

  it('says every value that nobody was asked for, and what it takes out', async () => {
    const { said } = await unattended({
      facts: {
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
      'The account that collects is: delegated-administrator, looked up (--collect-from changes it)',
      'Root or organizational units that get the role: r-ab12, looked up (--targets changes it)',
      'Days that reports are kept: taken out, it has no use any more',
      'Accounts that are not collected: 111111111111, proposed (--exclude changes it)',
      'Name of the role in every account: iam-credential-report-generation-role-dev, proposed (--report-role-name changes it)',
      'Region of that bucket: us-east-1, proposed (--state-region changes it)',
    ]);
  });

  it.each([
    ['true', { athena: true }],
    ['yes', { athena: true }],
    ['false', {}],
    ['no', {}],
  ])('reads %s as yes or no', async (athena, draft) => {
    expect((await unattended({ flags: { athena } })).draft).toEqual(draft);
  });

  it('reads tags with an empty value, and with an equals sign in it', async () => {
    const { draft } = await unattended({ flags: { tags: 'a=, b=c=d' } });
    expect(draft).toEqual({ tags: { a: '', b: 'c=d' } });
  });

  it('asks everything on demand', async () => {
    const { asked } = await interviewed({}, { all: true, facts: { ...nothing, region: 'eu-central-1' } });
    for (const id of ['region', 'reportRoleName', 'waitCycles', 'tags']) expect(asked).toContain(id);
  });

  it('says at once what is wrong with an answer', async () => {
    const { refusals, draft } = await interviewed({
      hour: ['25', '7'],
      alertEmails: ['nobody', 'a@example.com'],
    });
    expect(refusals).toEqual([
      'alertEmails.0: "nobody" (allowed: an e-mail address)',
      'schedule.hour: 25 (allowed: a whole number from 0 to 23)',
    ]);
    expect(draft).toEqual({ alertEmails: ['a@example.com'], schedule: { hour: 7 } });
  });

  it('asks what a choice needs, and takes out what it made pointless', async () => {
    const saved = {
      loggingAccount: { accountId: '222222222222', roleName: 'Deploy' },
      retentionDays: 400,
      backend: { kind: 'cloud', organization: 'us', workspace: 'ours' },
    };
    const { draft, asked } = await interviewed(
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
    expect(draft).toEqual({
      bucket: { kind: 'existing', name: 'auditors', accountId: '333333333333' },
      backend: { kind: 's3', bucket: 'states', region: 'us-east-1' },
    });
  });

  it('refuses a choice that would throw away an option, and keeps the option with the choice that it needs', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:222222222222:key/1';
    const { refusals, draft } = await interviewed(
      { encryption: ['s3-managed', 'existing-key'] },
      { flags: { keyArn } },
    );
    expect(refusals).toEqual([`--key-arn: "${keyArn}" has no use (it needs --encryption existing-key)`]);
    expect(draft).toEqual({ encryption: { kind: 'existing-key', keyArn } });
  });

  it('asks nothing when options contradict each other', async () => {
    const ask = jest.fn();
    const flags = { bucket: 'existing', bucketName: 'auditors', loggingAccount: '222222222222' };
    await expect(interviewed({}, { flags, ask })).rejects.toThrow(
      new Refused('--logging-account: "222222222222" has no use (it needs --bucket new)', true),
    );
    expect(ask).not.toHaveBeenCalled();
  });

  it('accepts an option that the saved answers make sense of', async () => {
    const saved = { backend: { kind: 's3', bucket: 'states', region: 'us-east-1' } };
    const { draft } = await interviewed({}, { saved, flags: { stateBucket: 'others', keyArn: '' } });
    expect(draft).toEqual({ backend: { ...saved.backend, bucket: 'others' } });
  });

  it('refuses a choice that what it does not ask about forbids, and says why', async () => {
    const saved = { objectLock: { mode: 'governance', days: 30 } };
    const { refusals } = await interviewed({ bucket: ['existing', 'new'] }, { saved });
    expect(refusals).toEqual([expect.stringMatching(/^objectLock: .*nothing with an existing bucket/)]);
  });

  it('shows the accounts where they help to answer', async () => {
    const facts = { ...nothing, accounts: [{ id: '222222222222', name: 'log-archive' }] };
    const { said } = await interviewed({}, { facts });
    expect(said).toContain('  222222222222  log-archive');
  });

  it('proposes the saved answers', async () => {
    const saved = {
      schedule: { hour: 3 },
      athena: true,
      accounts: { exclude: ['111111111111', '222222222222'] },
    };
    const { proposals, draft } = await interviewed({}, { saved });
    expect(proposals).toMatchObject({ hour: '3', athena: 'yes', exclude: '111111111111, 222222222222' });
    expect(draft).toEqual(saved);
  });

  it('asks nothing when the file already says what no question is about, and it is wrong', async () => {
    const ask = jest.fn();
    await expect(interviewed({}, { saved: { bukcet: {}, digest: 'never' }, ask })).rejects.toThrow(
      new Refused('dev.json: bukcet: no such field (allowed: see schema.json)'),
    );
    expect(ask).not.toHaveBeenCalled();
  });

  it('gives a second environment a role of another name without asking', async () => {
    const others = new Map([['production', Environment.parse({})]]);
    const { draft, asked } = await interviewed({}, { others });
    expect(asked).not.toContain('reportRoleName');
    expect(draft).toEqual({ reportRoleName: 'iam-credential-report-generation-role-dev' });
  });

  it('keeps every answer at once as an option with which the next one goes on', async () => {
    const kept: Record<string, string> = {};
    const keep = (id: string, answer: string) => (kept[id] = answer);
    const answers = { region: 'eu-west-1', cloudOrganization: "Mom's & Co", backend: 'cloud' };
    const { draft } = await interviewed(answers, { keep });
    const { cloudOrganization = '', targets = '', region = '' } = kept;
    expect(asOptions({ region, targets, cloudOrganization })).toEqual([
      '--region eu-west-1',
      "--targets ''",
      `--cloud-organization 'Mom'\\''s & Co'`,
    ]);
    const again = await interviewed({}, { flags: kept });
    expect(again).toMatchObject({ asked: [], draft });

    const [before, stopped] = [{}, { hour: ['99'] }] as [Record<string, string>, Record<string, string[]>];
    await expect(interviewed(stopped, { keep: (id, answer) => (before[id] = answer) })).rejects.toThrow(
      Stopped,
    );
    expect(Object.keys(before).at(-1)).toBe('digest');
  });

  it('ends without an environment when the person stops it', async () => {
    await expect(interviewed({ hour: ['99'] })).rejects.toThrow(Stopped);
  });
});
