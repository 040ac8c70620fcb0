import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployedExemptions } from '../../../handlers/list-accounts/exemptions-copy';
import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { RunSettings } from '../../../handlers/shared/events';
import { sha256Of } from '../../../handlers/shared/hash';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { defaultSettings, runningAt, startOf } from '../../../tools/support/embedded-execution';

const STARTED_AT = '2026-11-22T08:00:00.000Z';
const key = keys.exemptions('2026-11-22/run-1');
const file = Buffer.from('{\n  "exemptions": []\n}\n');
const other = Buffer.from('{"exemptions":[{"account":"*","user":"*"}]}');
const settingsWith = (content: Uint8Array): RunSettings => ({
  ...defaultSettings,
  checks: {
    ...defaultSettings.checks,
    exemptionsFile: { sha256: sha256Of(content), bytes: content.length },
  },
});

describe('list-accounts with an exemptions file', () => {
  let aws: Embedded;
  beforeEach(async () => {
    aws = await embedded({ accounts: 2 });
  });
  afterEach(() => aws.stop());

  const settings = settingsWith(file);
  const list = (change: Partial<ListAccountsProps> = {}) =>
    listAccounts({
      ...aws,
      ...runningAt(STARTED_AT, settings),
      readExemptions: () => file,
      batchSize: 10,
      ...change,
    })(startOf('run-1', settings));

  it('copies every byte of it to the run', async () => {
    await list();
    expect(aws.object(key)).toEqual(file);
  });

  it('keeps the copy of a run that it starts again, and never replaces it', async () => {
    await list();
    const puts = jest.spyOn(aws.bucket, 'put');
    await expect(list()).resolves.toMatchObject({ expected: 2 });
    expect(aws.object(key)).toEqual(file);
    expect(puts.mock.calls.every(([, , rest]) => rest?.IfNoneMatch === '*')).toBe(true);
  });

  it.each([
    ['another file', () => other, sha256Of(other)],
    ['none', () => undefined, 'there is none'],
  ])('refuses to start a run if its code has %s', async (_about, readExemptions, found) => {
    await expect(list({ readExemptions })).rejects.toMatchObject({
      name: 'InvalidSettings',
      message: expect.stringContaining(found) as string,
    });
    await expect(aws.bucket.list('')).resolves.toEqual([]);
  });

  it('refuses a run whose copy somebody wrote before', async () => {
    await aws.bucket.put(key, other);
    await expect(list()).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(/exemptions\.json is not the exemptions file of the settings/) as string,
    });
    await expect(aws.bucket.list('')).resolves.toEqual([key]);
  });

  it('accepts no event that names another file, or none', async () => {
    for (const wrong of [settingsWith(other), defaultSettings])
      await expect(
        listAccounts({
          ...aws,
          ...runningAt(STARTED_AT, settings),
          readExemptions: () => file,
          batchSize: 10,
        })(startOf('run-1', wrong)),
      ).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(aws.bucket.list('')).resolves.toEqual([]);
  });
});

describe('the exemptions file of a function', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exemptions-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the one beside its code, if there is one', () => {
    expect(deployedExemptions({ LAMBDA_TASK_ROOT: folder })).toBeUndefined();
    writeFileSync(join(folder, 'exemptions.json'), file);
    expect(deployedExemptions({ LAMBDA_TASK_ROOT: folder })).toEqual(file);
  });
});
