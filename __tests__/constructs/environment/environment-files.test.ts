import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironments } from '../../../constructs/environment/environment-files';
import { temporaryFolder } from '../../../tools/support/embedded';
import { checkOptions } from '../../../constructs/environment/checks';
import { checks } from '../../../handlers/checks';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let tested = 0;
function folderWith(files: Record<string, string | Uint8Array>): string {
  const path = join(folder, String(tested++));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** The problems of one file `prod.json`, without the path in front. */
function problemsOf(environment: object | string | Uint8Array): string[] {
  const isContent = typeof environment === 'string' || environment instanceof Uint8Array;
  return problemsIn(folderWith({ 'prod.json': isContent ? environment : JSON.stringify(environment) }));
}

function problemsIn(path: string): string[] {
  try {
    readEnvironments(path);
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .map((line) => line.replace(`${join(path, 'prod.json')}: `, ''));
  }
}

describe('environment files', () => {
  it('are missing when the folder does not exist, and the message says how to write one', () => {
    expect(() => readEnvironments(join(folder, 'missing'))).toThrow(
      'has no environment; write NAME.json, which may be {}. In a clone, `npm run configure -- NAME` asks for what it says',
    );
  });

  it('are read from a folder, with defaults for every field that they leave out', () => {
    const environments = readEnvironments(
      folderWith({ 'prod.json': '{}', 'dev.json': '{"reportRoleName":"dev-role"}', 'schema.json': 'x' }),
    );
    expect([...environments.keys()]).toEqual(['dev', 'prod']);
    expect(environments.get('prod')).toEqual({
      region: 'us-east-1',
      bucket: { kind: 'new', prefix: '' },
      encryption: { kind: 'bucket-default', formerKeyArns: [] },
      allowDestroy: false,
      alertEmails: [],
      reportRoleName: 'iam-credential-report-generation-role',
      allowAdministratorRole: false,
      roles: { path: '/' },
      roleDeployment: { kind: 'stack-set' },
      collectFrom: 'management-account',
      logRetentionDays: 365,
      schedule: { hour: 8, timezone: 'UTC' },
      waiting: { seconds: 60, cycles: 45 },
      accounts: { excludeOus: [], exclude: [] },
      scale: { batchSize: 200, batchConcurrency: 40, mapConcurrency: 1000 },
      checks: checkOptions.parse({}),
      owners: { file: false, email: false, unitNames: false },
      exports: { events: 'none', ocsf: false },
      serviceCredentials: false,
      digest: 'failures',
      chat: false,
      signing: false,
      readers: [],
      athena: false,
      tags: {},
      architecture: 'arm64',
      backend: { kind: 'local' },
    });
  });

  it('are not the folders, locks, backups and hidden files that lie beside them', () => {
    const path = folderWith({
      'prod.json': '{}',
      'prod.json~': 'x',
      '#prod.json#': 'x',
      'prod.json.orig': 'x',
      '.prod.json.swp': 'x',
      '._prod.json': 'x',
    });
    mkdirSync(join(path, 'old.json'));
    symlinkSync('nobody@nowhere.1:2', join(path, '.#prod.json'));
    expect([...readEnvironments(path).keys()]).toEqual(['prod']);
  });

  it('may start with a byte order mark and may have the line ends of Windows', () => {
    expect(problemsOf('\uFEFF{\r\n  "digest": "always"\r\n}\r\n')).toEqual([]);
  });

  it.each<[what: string, content: Uint8Array, problem: string]>([
    ['UTF-16 with a byte order mark', Buffer.from('\uFEFF{}', 'utf16le'), 'it is UTF-16; save it as UTF-8'],
    ['UTF-16', Buffer.from('{}', 'utf16le'), 'it is UTF-16; save it as UTF-8'],
    ['big-endian UTF-16', Buffer.from('{}', 'utf16le').swap16(), 'it is UTF-16; save it as UTF-8'],
    [
      'Latin-1',
      Buffer.from('{\n"tags":{"team":"Z\u00fcrich"}}', 'latin1'),
      'it is not UTF-8 (line 2), but perhaps Latin-1 or Windows-1252; save it as UTF-8',
    ],
  ])('are refused as %s', (_what, content, problem) => {
    expect(problemsOf(content)).toEqual([`the file cannot be read: ${problem}`]);
  });

  it('are refused when a field is given twice, as after a merge, together with other problems', () => {
    const content =
      '{\n"accounts":{"exclude":["1"],\n"exclude":[]},\n"digest":"never",\n"digest":"sometimes"}';
    expect(problemsOf(content)).toEqual([
      'accounts.exclude is given 2 times (lines 2 and 3); keep one',
      'digest is given 2 times (lines 4 and 5); keep one',
      'digest must be one of "failures", "new-findings", "weekly", "always"; got "sometimes"',
    ]);
  });

  it('are refused when they are links that lead nowhere, named pipes, or links to folders', () => {
    const path = folderWith({ 'schema.json': '' });
    symlinkSync(join(path, 'nowhere'), join(path, 'prod.json'));
    expect(problemsIn(path)).toEqual(['the file cannot be read: no such file or directory (ENOENT)']);
    rmSync(join(path, 'prod.json'));
    symlinkSync(folder, join(path, 'prod.json'));
    expect(problemsIn(path)).toEqual(['the file is not a regular file']);
    rmSync(join(path, 'prod.json'));
    execFileSync('mkfifo', [join(path, 'prod.json')]);
    expect(problemsIn(path)).toEqual(['the file is not a regular file']);
  });

  it('are refused when their extension is in capitals, rather than ignored', () => {
    const path = folderWith({ 'prod.json': '{}', 'dev.JSON': '{}' });
    expect(problemsIn(path)).toEqual([
      `${join(path, 'dev.JSON')}: the extension must be .json in lower case; rename the file`,
    ]);
  });

  it('are refused for their name alone when they are copies', () => {
    expect(() => readEnvironments(folderWith({ 'prod.json': '{}', 'prod (copy).json': '{}' }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('\n') as string }) as Error,
    );
  });

  it('are refused with one error that lists every problem of every file: field, what it must be, and its value', () => {
    const path = folderWith({
      'prod.json': '{"schedule":{"hour":24},"alertEmails":["nobody"],"logRetentionDays":8}',
      'dev.json': '{"region":"mars"}',
    });
    expect(() => readEnvironments(path)).toThrow(
      expect.objectContaining({
        name: 'InvalidEnvironments',
        message: [
          `${path}/dev.json: region must be an AWS Region, such as "eu-central-1"; got "mars"`,
          `${path}/prod.json: alertEmails.0 must be an email address; got "nobody"`,
          `${path}/prod.json: schedule.hour must be a whole number from 0 to 23; got 24`,
          `${path}/prod.json: logRetentionDays must be a number of days that CloudWatch Logs accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; got 8`,
        ].join('\n'),
      }) as Error,
    );
  });

  it.each([{ alertEmails: ['x'] }, { region: 'mars' }, { region: 'xx-west-1' }])(
    'tell of a check without serviceCredentials although another field is not valid: %j',
    (wrong) => {
      expect(problemsOf({ ...wrong, checks: { on: ['old-service-credential'] } })).toEqual([
        expect.stringMatching(/^(alertEmails\.0|region) must be /),
        expect.stringMatching(/^checks\.on must not list old-service-credential without /),
      ]);
    },
  );

  it('are refused when no check is on, because nothing would be found then', () => {
    const every = checks.map(({ id }) => id);
    const withoutLists = checks.flatMap(({ id, needs }) => (needs ? [] : [id]));
    const told = expect.stringContaining(
      'checks.off must leave a check on that can run here (some need `serviceCredentials`: true): without any, no report has a finding, whatever is in it; got [',
    ) as string;
    for (const off of [every, withoutLists]) {
      expect(problemsOf({ checks: { off } })).toEqual([told]);
      expect(problemsOf({ region: 'mars', checks: { off } })).toEqual([
        expect.stringMatching(/^region /),
        told,
      ]);
    }
    expect(problemsOf({ serviceCredentials: true, checks: { off: every } })).toEqual([told]);
    expect(problemsOf({ serviceCredentials: true, checks: { off: withoutLists } })).toEqual([]);
    expect(problemsOf({ checks: { off: every.filter((id) => id !== 'root-mfa') } })).toEqual([]);
  });

  it.each([
    [{ bukcet: {} }, 'bukcet is not an option; docs/options.md lists all options'],
    [
      { checks: { on: ['iam-user', 'old-service-credential'] } },
      'checks.on must not list old-service-credential without `serviceCredentials`: true, which turns it on; got ["iam-user","old-service-credential"]',
    ],
    [
      { checks: { severities: { mfa: 'low' } } },
      /^checks\.severities must name checks, not "mfa": active-certificate, .*; got \{"mfa":"low"\}$/,
    ],
    [{ schedule: { hours: 3 } }, 'schedule.hours is not an option; docs/options.md lists all options'],
    [
      { schedule: { timezone: 'Mars/Base' } },
      /^schedule\.timezone must be the IANA name .*; got "Mars\/Base"$/,
    ],
    [
      { waiting: { seconds: 0, cycles: 1.5 } },
      /^waiting\.seconds must be a whole number from 1 to 3600; got 0$/,
    ],
    [{ waiting: 60 }, 'waiting must be an object; got 60'],
    [{ organizationId: 'o-short' }, /^organizationId must be .*10 to 32.*; got "o-short"$/],
    [
      { roleDeployment: { kind: 'stack-set', targets: ['all'] } },
      /^roleDeployment\.targets\.0 must be the ID of a root.*; got "all"$/,
    ],
    [{ reportRoleName: 'a role' }, /^reportRoleName must be a role name.*; got "a role"$/],
    [{ accounts: { exclude: ['12'] } }, 'accounts.exclude.0 must be a 12-digit account ID; got "12"'],
    [{ tags: { a: 1 } }, /^tags\.a must be 0 to 256 letters.*; got 1$/],
    [{ tags: { 'aws:a': 'x' } }, /^the name of tags\.aws:a must .*must not start with "aws:"; got "aws:a"$/],
    [{ tags: { a: '${aws_s3_bucket.b}' } }, /^tags\.a must /],
    [{ alertEmails: ['a@example.com', 'a@example.com'] }, /^alertEmails must not list a value twice; got /],
    [{ schedule: { timezone: '+05:00' } }, /^schedule\.timezone must .*; got "\+05:00"$/],
    [
      { bucket: { kind: 'new', name: '192.168.5.4' } },
      /^bucket\.name must be a bucket name.*; got "192\.168\.5\.4"$/,
    ],
    [{ bucket: { kind: 'new', name: 'reports-s3alias' } }, /^bucket\.name/],
    ...['/', 'prod', '/prod/', 'prod//', '../', 'a b/', 'a*/', 'ä/', '${x}/', `${'a'.repeat(100)}/`].map(
      (prefix): [object, RegExp] => [
        { bucket: { kind: 'new', prefix } },
        /^bucket\.prefix must be empty, or folders that end with "\/".*; got "/,
      ],
    ),
    [{ bucket: {} }, 'bucket.kind must be "new" or "existing"; it is missing'],
    [{ bucket: 'mine' }, 'bucket must be an object; got "mine"'],
    [{ bucket: { kind: 'existing' } }, /^bucket\.name must be a bucket name.*; it is missing$/],
  ])('refuse %j', (environment, problem) => {
    const [first] = problemsOf(environment);
    if (typeof problem === 'string') expect(first).toBe(problem);
    else expect(first).toMatch(problem);
  });

  it.each([
    [
      { bucket: { kind: 'existing', name: 'abc' }, encryption: { kind: 'new-key' } },
      /^encryption\.kind must be "bucket-default", "s3-managed", or "existing-key" when `bucket\.kind` is `existing`.*; got "new-key"$/,
    ],
    [
      {
        bucket: { kind: 'existing', name: 'abc' },
        loggingAccount: { accountId: '222222222222', roleName: 'x' },
      },
      /^loggingAccount cannot be set when `bucket\.kind` is `existing`.*`bucket\.accountId`/,
    ],
    [
      { bucket: { kind: 'existing', name: 'abc' }, retentionDays: 9 },
      'retentionDays cannot be set when `bucket.kind` is `existing`, whose owner sets its lifecycle; got 9',
    ],
    [
      { bucket: { kind: 'existing', name: 'abc' }, objectLock: { mode: 'governance', days: 9 } },
      /^objectLock cannot be set when `bucket\.kind` is `existing`, whose owner sets its lock/,
    ],
    [
      { retentionDays: 8, objectLock: { mode: 'governance', days: 9 } },
      'objectLock.days must be at most `retentionDays`, because a locked version cannot be deleted; got 9',
    ],
    [
      {
        region: 'eu-west-1',
        encryption: { kind: 'existing-key', keyArn: 'arn:aws:kms:us-east-1:222222222222:key/1' },
      },
      /^encryption\.keyArn must be the ARN of a key in the Region/,
    ],
    [
      { encryption: { kind: 'existing-key', keyArn: 'arn:aws-cn:kms:us-east-1:222222222222:key/1' } },
      /^encryption\.keyArn must be the ARN of a key in the Region/,
    ],
    [
      {
        region: 'eu-west-1',
        encryption: {
          kind: 's3-managed',
          formerKeyArns: [
            'arn:aws:kms:eu-west-1:222222222222:key/1',
            'arn:aws:kms:us-east-1:222222222222:key/1',
          ],
        },
      },
      /^encryption\.formerKeyArns must be ARNs of keys in the Region/,
    ],
    [
      { roleDeployment: { kind: 'stack-set', targets: ['r-ab12', 'ou-ab12-12345678'] } },
      /^roleDeployment\.targets must be the root alone, or organizational units/,
    ],
    [
      { reportRoleName: 'iam-credential-reports-production-collect-reports' },
      /^reportRoleName must not be the name of a role of an environment/,
    ],
    [
      { reportRoleName: 'iam-credential-reports-deploy' },
      /^reportRoleName must not be the name of a role of an environment/,
    ],
    [
      { bucket: { kind: 'new', name: 'reports-111122223333-us-east-1-an' } },
      /^bucket\.name must not end with "-an", which S3 reserves/,
    ],
  ])('refuse the combination %j', (environment, problem) => {
    const expected = typeof problem === 'string' ? problem : (expect.stringMatching(problem) as string);
    expect(problemsOf(environment)).toEqual([expected]);
  });

  it('report a refused combination together with other problems', () => {
    const problems = problemsOf({
      bucket: { kind: 'existing', name: 'abc' },
      encryption: { kind: 'new-key' },
      schedule: { hour: 24 },
    });
    expect(problems).toHaveLength(2);
  });

  it.each(['', 'prod/', 'Security/2026/iam_reports-v1.0/', `${'a'.repeat(99)}/`])(
    'accept the prefix "%s"',
    (prefix) => {
      expect(problemsOf({ bucket: { kind: 'existing', name: 'auditors', prefix } })).toEqual([]);
    },
  );

  it('accept bucket names with dots', () => {
    expect(problemsOf({ bucket: { kind: 'existing', name: 'my.company.logs' } })).toEqual([]);
  });

  it.each(['null', '[]', '7', '{"encryption":{"kind":"existing-key","keyArn":7}}', '{"bucket":null}'])(
    'are refused with a problem, without a crash, when a file is %s',
    (content) => {
      expect(() => readEnvironments(folderWith({ 'prod.json': content }))).toThrow(
        expect.objectContaining({ name: 'InvalidEnvironments' }) as Error,
      );
    },
  );

  it.each(['report-role', 'security-alerts', 'prod-signing'])(
    'cannot be called %s, which another module or key has in its name',
    (name) => {
      expect(() => readEnvironments(folderWith({ [`${name}.json`]: '{}' }))).toThrow(
        `the name of the environment must be 2 to 24 lowercase letters, digits, and hyphens; "report-role", "schema", and names that end with "-alerts" or "-signing" are reserved; got "${name}"`,
      );
    },
  );

  it('cannot share the name of the report role within an organization', () => {
    const folder = (organizationId: string) =>
      folderWith({
        'one.json': JSON.stringify({ reportRoleName: 'reader', organizationId: 'o-aaaaaaaaaa' }),
        'two.json': JSON.stringify({ reportRoleName: 'reader', organizationId }),
      });
    expect(() => readEnvironments(folder('o-aaaaaaaaaa'))).toThrow(
      /two\.json: reportRoleName must differ from that of one, .*; got "reader"$/,
    );
    expect(readEnvironments(folder('o-bbbbbbbbbb')).size).toBe(2);
  });

  it('can share the name of the report role in different partitions, which share no accounts', () => {
    const environments = folderWith({ 'one.json': '{}', 'two.json': '{"region":"us-gov-west-1"}' });
    expect(readEnvironments(environments).size).toBe(2);
  });

  it('name a Region of AWS', () => {
    expect(problemsOf({ region: 'eusc-de-east-1' })).toEqual([]);
    expect(problemsOf({ region: 'eu-zentral-1' })).toEqual([]);
    expect(problemsOf({ region: 'xx-central-1' })).toEqual([
      'region must be an AWS Region, such as "eu-central-1"; got "xx-central-1"',
    ]);
  });

  it('cannot use StackSets in the China Regions', () => {
    const region = 'cn-north-1';
    expect(problemsOf({ region, roleDeployment: { kind: 'none' } })).toEqual([]);
    for (const roleDeployment of [undefined, { kind: 'stack-set', targets: ['r-ab12'] }])
      expect(problemsOf({ region, roleDeployment })).toEqual([
        expect.stringMatching(/^roleDeployment\.kind must be "none" in the China Regions/),
      ]);
  });

  it('accept organization IDs of 10 to 32 characters', () => {
    expect(problemsOf({ organizationId: `o-${'a'.repeat(10)}` })).toEqual([]);
    expect(problemsOf({ organizationId: `o-${'a'.repeat(32)}` })).toEqual([]);
  });

  it('are refused when a file is not JSON or its name cannot be part of names in AWS', () => {
    const path = folderWith({ 'Prod_1.json': '{' });
    expect(() => readEnvironments(path)).toThrow(
      /Prod_1\.json: the name of the environment.*\n.*the file is not JSON/,
    );
  });

  it('are refused when there is none', () => {
    expect(() => readEnvironments(folderWith({}))).toThrow(/ has no environment; write NAME\.json/);
  });
});
