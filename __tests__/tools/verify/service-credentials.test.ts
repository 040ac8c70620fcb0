/** Lists of service-specific credentials are verified like reports. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keys } from '../../../handlers/shared/bucket-layout';
import { temporaryFolder } from '../../../tools/support/embedded';
import { Evidence } from '../../support/evidence';
import { accountId } from '../../support/stored-run';
import { verified } from '../../support/verified';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const DATE = '2026-11-02';
const list = keys.serviceCredentials(DATE, accountId(1));
const listOf = (account: number) => `list of ${account}`;
const late = { execution: 'late', startedAt: `${DATE}T18:00:00.000Z`, collectedAt: `${DATE}T18:01:00.000Z` };

let stores = 0;
const newEvidence = () => new Evidence(join(folder, `store-${stores++}`));
/** What is printed of an object. */
const about = ({ lines }: { lines: string[] }, key: string) => lines.filter((line) => line.includes(key));

describe('the list of an account', () => {
  it('is verified, and nothing is additional', async () => {
    const evidence = newEvidence();
    evidence.run({ date: DATE, listOf });
    const result = await verified(evidence.folder);
    expect(result.exitCode).toBe(0);
    expect(about(result, DATE)).toEqual([
      expect.stringMatching(/^production:/),
      expect.stringMatching(/verified/),
    ]);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    [
      'was changed',
      (file) => {
        writeFileSync(file, 'another');
      },
      /altered .*current object is not evidence/,
    ],
    [
      'is gone',
      (file) => {
        rmSync(file);
      },
      /missing .*does not exist/,
    ],
  ])('that %s is told', async (_what, change, told) => {
    const evidence = newEvidence();
    evidence.run({ date: DATE, listOf });
    change(join(evidence.folder, list));
    const result = await verified(evidence.folder);
    expect(result.exitCode).toBe(1);
    expect(about(result, list)).toEqual([expect.stringMatching(told)]);
  });

  it('that a later run of the day replaced is superseded', async () => {
    const evidence = newEvidence();
    evidence.run({ date: DATE, listOf });
    evidence.run({ date: DATE, ...late, listOf: (account) => `later list of ${account}` });
    const result = await verified(evidence.folder);
    expect(result.exitCode).toBe(0);
    expect(about(result, list)).toEqual([expect.stringMatching(/superseded.*of manifest 1: by manifest 2/)]);
  });

  it('that no manifest names is additional', async () => {
    const evidence = newEvidence();
    evidence.run({ date: DATE });
    evidence.put(list, 'planted');
    expect(about(await verified(evidence.folder), list)).toEqual([
      expect.stringMatching(/additional .*no manifest names it/),
    ]);
  });
});
