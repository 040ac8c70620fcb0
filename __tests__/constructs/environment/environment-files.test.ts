import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironments } from '../../../constructs/environment/environment-files';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let tested = 0;
function folderWith(files: Record<string, string>): string {
  const path = join(folder, String(tested++));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** The problems of one file `prod.json`, without the path in front. */
function problemsOf(environment: object): string[] {
  const path = folderWith({ 'prod.json': JSON.stringify(environment) });
  try {
    readEnvironments(path);
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .map((line) => line.replace(`${join(path, 'prod.json')}: `, ''));
  }
}

describe('the environments', () => {
  it('are the files of the folder, with defaults for all that they leave out', () => {
    const environments = readEnvironments(
      folderWith({ 'prod.json': '{}', 'dev.json': '{"reportRoleName":"dev-role"}', 'schema.json': 'x' }),
    );
    expect([...environments.keys()]).toEqual(['dev', 'prod']);
    expect(environments.get('prod')).toEqual({
      region: 'us-east-1',
      bucket: { kind: 'new' },
      encryption: { kind: 's3-managed' },
      alertEmails: [],
      reportRoleName: 'iam-credential-report-generation-role',
      roleDeployment: { kind: 'stack-set' },
      collectFrom: 'management-account',
      logRetentionDays: 90,
      schedule: { hour: 8, timezone: 'UTC' },
      waiting: { seconds: 60, cycles: 45 },
      accounts: { includeOus: [], excludeOus: [], exclude: [] },
      scale: { batchSize: 400, batchConcurrency: 20, mapConcurrency: 1000 },
      checks: { unusedDays: 45, rotationDays: 90, rootUnusedDays: 30, exemptions: [] },
      digest: 'failures',
      athena: false,
      tags: {},
      backend: { kind: 'local' },
    });
  });

  it('are refused with one error that lists every mistake of every file: field, value, what is allowed', () => {
    const path = folderWith({
      'prod.json': '{"schedule":{"hour":24},"alertEmails":["nobody"],"logRetentionDays":8}',
      'dev.json': '{"region":"mars"}',
    });
    expect(() => readEnvironments(path)).toThrow(
      expect.objectContaining({
        name: 'InvalidEnvironments',
        message: [
          `${path}/dev.json: region: "mars" (allowed: a Region, such as "eu-central-1")`,
          `${path}/prod.json: alertEmails.0: "nobody" (allowed: an e-mail address)`,
          `${path}/prod.json: logRetentionDays: 8 (allowed: days that CloudWatch Logs accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)`,
          `${path}/prod.json: schedule.hour: 24 (allowed: a whole number from 0 to 23)`,
        ].join('\n'),
      }) as Error,
    );
  });

  it.each([
    [{ bukcet: {} }, 'bukcet: no such field (allowed: see schema.json)'],
    [{ schedule: { hours: 3 } }, 'schedule.hours: no such field (allowed: see schema.json)'],
    [{ schedule: { timezone: 'Mars/Base' } }, /^schedule\.timezone: "Mars\/Base" \(allowed: the IANA name/],
    [{ waiting: { seconds: 0, cycles: 1.5 } }, /^waiting\.seconds: 0 .*from 1 to 3600/],
    [{ waiting: 60 }, 'waiting: 60 (allowed: an object)'],
    [{ organizationId: 'o-short' }, /^organizationId: "o-short" \(allowed: .*10 to 32/],
    [
      { roleDeployment: { kind: 'stack-set', targets: ['all'] } },
      /^roleDeployment\.targets\.0: "all" \(allowed: the id of a root/,
    ],
    [{ reportRoleName: 'a role' }, /^reportRoleName: "a role"/],
    [{ accounts: { exclude: ['12'] } }, 'accounts.exclude.0: "12" (allowed: an account id of 12 digits)'],
    [{ tags: { a: 1 } }, /^tags\.a: 1 \(allowed: a text/],
    [{ tags: { 'aws:a': 'x' } }, /^tags\.aws:a: "x" \(allowed: .*not begin with aws:/],
    [{ tags: { a: '${aws_s3_bucket.b}' } }, /^tags\.a: /],
    [{ alertEmails: ['a@example.com', 'a@example.com'] }, /^alertEmails: .*\(allowed: no value twice\)/],
    [{ schedule: { timezone: '+05:00' } }, /^schedule\.timezone: "\+05:00"/],
    [{ bucket: { kind: 'new', name: '192.168.5.4' } }, /^bucket\.name: "192\.168\.5\.4"/],
    [{ bucket: { kind: 'new', name: 'reports-s3alias' } }, /^bucket\.name/],
  ])('refuse %j', (environment, problem) => {
    const [first] = problemsOf(environment);
    if (typeof problem === 'string') expect(first).toBe(problem);
    else expect(first).toMatch(problem);
  });

  it.each([
    [
      { bucket: { kind: 'existing', name: 'abc' }, encryption: { kind: 'new-key' } },
      /^encryption\.kind: "new-key" \(allowed: "s3-managed" or "existing-key" with an existing bucket/,
    ],
    [
      {
        bucket: { kind: 'existing', name: 'abc' },
        loggingAccount: { accountId: '222222222222', roleName: 'x' },
      },
      /^loggingAccount: .*bucket\.accountId/,
    ],
    [
      {
        region: 'eu-west-1',
        encryption: { kind: 'existing-key', keyArn: 'arn:aws:kms:us-east-1:222222222222:key/1' },
      },
      /^encryption\.keyArn: .* \(allowed: a key of the Region/,
    ],
  ])('refuse the combination %j', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([expect.stringMatching(problem)]);
  });

  it('tell a combination that is refused together with other mistakes', () => {
    const problems = problemsOf({
      bucket: { kind: 'existing', name: 'abc' },
      encryption: { kind: 'new-key' },
      schedule: { hour: 24 },
    });
    expect(problems).toHaveLength(2);
  });

  it('accept bucket names with dots', () => {
    expect(problemsOf({ bucket: { kind: 'existing', name: 'my.company.logs' } })).toEqual([]);
  });

  it.each(['null', '[]', '7', '{"encryption":{"kind":"existing-key","keyArn":7}}', '{"bucket":null}'])(
    'are refused with a problem, and no crash, when a file is %s',
    (content) => {
      expect(() => readEnvironments(folderWith({ 'prod.json': content }))).toThrow(
        expect.objectContaining({ name: 'InvalidEnvironments' }) as Error,
      );
    },
  );

  it('cannot have the name of the role module', () => {
    expect(() => readEnvironments(folderWith({ 'report-role.json': '{}' }))).toThrow(
      /the name of the file: "report-role"/,
    );
  });

  it('cannot share what they name themselves within an organization', () => {
    const shared = { reportRoleName: 'reader', bucket: { kind: 'new', name: 'reports' } };
    const folder = (organizationId: string) =>
      folderWith({
        'one.json': JSON.stringify({ ...shared, organizationId: 'o-aaaaaaaaaa' }),
        'two.json': JSON.stringify({ ...shared, organizationId }),
      });
    expect(() => readEnvironments(folder('o-aaaaaaaaaa'))).toThrow(
      /two\.json: reportRoleName: "reader" .*\n.*two\.json: bucket\.name: "reports"/,
    );
    expect(() => readEnvironments(folder('o-bbbbbbbbbb'))).toThrow(
      /^[^\n]*two\.json: bucket\.name: "reports"[^\n]*$/,
    );
  });

  it('accept organization ids from 10 to 32 characters', () => {
    expect(problemsOf({ organizationId: `o-${'a'.repeat(10)}` })).toEqual([]);
    expect(problemsOf({ organizationId: `o-${'a'.repeat(32)}` })).toEqual([]);
  });

  it('are refused when a file is not JSON or its name cannot be part of names in AWS', () => {
    const path = folderWith({ 'Prod_1.json': '{' });
    expect(() => readEnvironments(path)).toThrow(/Prod_1\.json: the name of the file.*\n.*is not JSON/);
  });

  it('are refused when there is none', () => {
    expect(() => readEnvironments(folderWith({}))).toThrow(/no environment/);
  });
});
