import type { Manifest } from '../../../handlers/core/manifest';
import type { Owner } from '../../../handlers/shared/run-files';
import { owners } from '../../../tools/doctor/checks/owners';
import type { Subject } from '../../../tools/doctor/subject';

const owner: Owner = { name: 'payments', source: 'tag', asOf: '2026-11-22' };
const manifestWith = (found: (Owner | null | undefined)[]) =>
  ({
    owners: {
      known: found.filter((one) => one).length,
      none: found.filter((one) => one === null).length,
      unknown: found.filter((one) => one === undefined).length,
    },
    accounts: found.map((one, index) => ({ id: `11111111111${index}`, outcome: 'collected', owner: one })),
  }) as unknown as Manifest;
const judged = (manifest: Manifest | undefined) => [owners.judge(manifest, {} as Subject)].flat();

describe('the check of owners', () => {
  it('applies only to environments that ask for owners', () => {
    const applies = (options: object) =>
      owners.applies({
        environment: { owners: { file: false, email: false, unitNames: false, ...options } },
      } as Subject);
    expect([applies({}), applies({ unitNames: true })]).toEqual([false, false]);
    expect([applies({ tag: 'Owner' }), applies({ file: true }), applies({ email: true })]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('warns if no run has read owners', () => {
    expect(judged(undefined)).toMatchObject([{ status: 'warning' }]);
    expect(judged({ owners: null } as Manifest)).toMatchObject([{ status: 'warning' }]);
  });

  it('names accounts without an owner, and those of which that is not known', () => {
    expect(judged(manifestWith([owner, null, undefined]))).toMatchObject([
      { status: 'warning', text: 'the owners of 1 accounts are not known: 111111111112' },
      { status: 'warning', text: '1 accounts have no owner: 111111111111' },
    ]);
    expect(judged(manifestWith([owner, owner]))).toEqual([
      { status: 'ok', text: '2 accounts have an owner' },
    ]);
  });
});
