import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Environment } from '../../../constructs/environment/environment';
import { readEnvironments } from '../../../constructs/environment/environment-files';
import { edited } from '../../support/edited';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** Every field, with every kind that has fields of its own. */
const valid = {
  $schema: './schema.json',
  region: 'eu-central-1',
  bucket: { kind: 'existing', name: 'reports', accountId: '210987654321' },
  encryption: { kind: 'existing-key', keyArn: 'arn:aws:kms:eu-central-1:210987654321:key/1' },
  alertEmails: ['security@example.com'],
  reportRoleName: 'reader',
  organizationId: 'o-exampleorg1',
  roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
  collectFrom: 'delegated-administrator',
  logRetentionDays: 90,
  schedule: { hour: 8, timezone: 'UTC' },
  waiting: { seconds: 60, cycles: 45 },
  accounts: { includeOus: ['ou-ab12-12345678'], excludeOus: [], exclude: ['111111111111'] },
  tags: { 'managed-by': 'cdktf' },
  backend: { kind: 's3', bucket: 'state', key: 'a', region: 'us-east-1' },
};

let tested = 0;
/** Reads a folder with these files: environments, or lines of problems. */
function read(files: Record<string, string>): { names: string[] } | { problems: string[] } {
  const path = join(folder, String(tested++));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  try {
    return { names: [...readEnvironments(path).keys()] };
  } catch (error) {
    if ((error as Error).name !== 'InvalidEnvironments') throw error;
    return { problems: (error as Error).message.split('\n').map((line) => line.replace(`${path}/`, '')) };
  }
}

const namesFile = (file: string) =>
  expect.objectContaining({
    problems: expect.arrayContaining([expect.stringContaining(file)]) as unknown,
  }) as unknown;

describe('an environment file', () => {
  it('is read when it is valid', () => {
    expect(read({ 'prod.json': JSON.stringify(valid) })).toEqual({ names: ['prod'] });
  });

  it('is read, or refused with problems that name it, whatever is edited in it', () => {
    fc.assert(
      fc.property(edited(valid), (content) => {
        const result = read({ 'prod.json': JSON.stringify(content) });
        if ('names' in result) expect(result).toEqual({ names: ['prod'] });
        else expect(result).toEqual(namesFile('prod.json'));
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.keys(Environment.shape))(
    'is refused with a problem that names %s when it is null',
    (field) => {
      writeFileSync(join(folder, 'exemptions.json'), '{"exemptions":[{"owner":"Payments"}]}');
      const content = { checks: { exemptionsFile: '../exemptions.json' }, [field]: null };
      expect(read({ 'prod.json': JSON.stringify(content) })).toEqual(namesFile(`prod.json: ${field} must `));
    },
  );

  it('is read, or refused with problems that name it, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        const result = read({ 'prod.json': JSON.stringify(content) });
        if ('names' in result) expect(content).toEqual({});
        else expect(result).toEqual(namesFile('prod.json'));
      }),
    );
  });

  it('is refused with a problem that names it when it is not JSON', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json().map((json) => json.slice(0, -1)),
    );
    fc.assert(
      fc.property(
        text.filter((one) => !isJson(one)),
        (content) => {
          expect(read({ 'prod.json': content })).toEqual(namesFile('prod.json: the file is not JSON'));
        },
      ),
    );
  });

  it('does not hide the problems of another file', () => {
    fc.assert(
      fc.property(edited(valid), (content) => {
        expect(read({ 'dev.json': JSON.stringify(content), 'prod.json': '{' })).toEqual(
          namesFile('prod.json'),
        );
      }),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
