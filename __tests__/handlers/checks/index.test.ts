import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../../handlers/checks';
import { type Check, severities } from '../../../handlers/checks/check';
import { CONTEXT } from '../../support/rows';

const files = (folder: string) => readdirSync(join(__dirname, folder));

/** Every check that a file of the folder exports, by the name of the file. */
const exported = files('../../../handlers/checks')
  .filter((file) => file !== 'index.ts')
  .flatMap((file) =>
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the names of the files are not known
    Object.values(require(`../../../handlers/checks/${file}`) as object)
      .filter((value: Partial<Check>): value is Check => typeof value.evaluate === 'function')
      .map((check) => [file, check] as const),
  );

describe('the list of checks', () => {
  it('is every check of the folder, in the order of the IDs', () => {
    expect(checks.map(({ id }) => id)).toEqual(exported.map(([, { id }]) => id).sort());
    expect(new Set(checks).size).toBe(exported.length);
  });

  it('has a file and a test named after the ID of every check', () => {
    for (const [file, { id }] of exported) expect(file).toBe(`${id}.ts`);
    expect(files('.')).toEqual(expect.arrayContaining(checks.map(({ id }) => `${id}.test.ts`)));
  });

  it('has the severities that the documents explain, and these checks that are always on', () => {
    const bySeverity = Object.fromEntries(
      severities.map((severity) => [
        severity,
        checks
          .filter((check) => check.severity === severity)
          .map(({ id, always }) => (always ? `${id}*` : id)),
      ]),
    );
    expect(bySeverity).toEqual({
      critical: ['root-access-key*', 'root-key-mfa*', 'root-mfa*'],
      high: ['central-root-access', 'console-mfa*', 'root-certificate*', 'root-row-missing*'],
      medium: [
        'additional-credentials*',
        'key-rotation-90-days*',
        'old-service-credential*',
        'root-recent-use*',
        'service-credential-without-expiry*',
        'unused-45-days*',
        'unused-90-days',
        'user-mfa',
      ],
      low: [
        'active-certificate',
        'console-and-keys',
        'iam-user',
        'inactive-service-credential*',
        'key-at-setup',
        'never-used',
        'no-credentials',
        'old-certificate',
        'password-age',
        'root-mfa-without-credentials',
        'two-active-keys',
      ],
    });
  });

  it('has a title, a description and a remedy for every check', () => {
    const titles = checks.map(({ title }) => title(CONTEXT.thresholds));
    expect(new Set(titles).size).toBe(checks.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z].+[^.]$/);
    for (const { description } of checks) expect(description).toMatch(/^(Fails|Unknown) .+\.$/);
    for (const { remedy } of checks) expect(remedy).toMatch(/^[A-Z][a-z]+ .+\.$/);
  });

  it('declares the threshold of every check whose title has a number, and names it in the description', () => {
    const others = Object.keys(CONTEXT.thresholds).map((name, index) => [name, 1001 + index]);
    const other = Object.fromEntries(others) as typeof CONTEXT.thresholds;
    for (const { id, title, threshold, description } of checks) {
      const isChanged = title(other) !== title(CONTEXT.thresholds);
      if (threshold)
        expect([id, description]).toEqual([id, expect.stringContaining(`\`${threshold.name}\``)]);
      else expect([id, isChanged]).toEqual([id, false]);
      if (threshold && isChanged) expect(title(other)).toContain(`${other[threshold.name]} days`);
    }
  });
});
