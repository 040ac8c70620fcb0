import '../../../support/quiet';
import type { FindingRow } from '../../../../handlers/export-results/ocsf/ocsf-run';
import { UniqueUids, findingUid } from '../../../../handlers/export-results/ocsf/finding-uid';
import { tableColumns } from '../../../../handlers/shared/table-columns';
import { StoredExport } from '../../../support/ocsf-run';

const run = { environment: 'production' };
const row = (change: Partial<FindingRow>): FindingRow => ({
  ...(Object.fromEntries(tableColumns.findings.map((column) => [column, ''])) as FindingRow),
  account_id: '123456789012',
  user: 'ada',
  check: 'key-rotation-90-days',
  credential: 'access-key',
  slot: '1',
  created_at: '2025-01-31T08:00:00Z',
  ...change,
});
const uid = (change: Partial<FindingRow> = {}) => findingUid(row(change), run);

describe('the identity of a finding', () => {
  it('is environment, account, check, credential and user, in words', () => {
    expect(uid()).toBe(
      'production/123456789012/key-rotation-90-days/access-key 2025-01-31T08:00:00.000Z/ada',
    );
  });

  it.each<[string, Partial<FindingRow>]>([
    ['account', { account_id: '210987654321' }],
    ['user', { user: 'ken' }],
    ['check', { check: 'unused-45-days' }],
    ['kind of the credential', { credential: 'certificate' }],
    ['date of the credential', { created_at: '2025-02-01T08:00:00Z' }],
  ])('is another one for another %s', (_, change) => {
    expect(uid(change)).not.toBe(uid());
  });

  it('is another one in another environment, whose thresholds and exemptions differ', () => {
    expect(findingUid(row({}), { environment: 'staging' })).not.toBe(uid());
  });

  it.each<[string, Partial<FindingRow>]>([
    ['a report swaps the slots of the keys', { slot: '2' }],
    ['a report writes the same date in another way', { created_at: '2025-01-31T08:00:00+00:00' }],
    ['the path of the user changes', { arn: 'arn:aws:iam::123456789012:user/new/ada' }],
    ['the account gets another name, owner or unit', { account_name: 'new', owner: 'new', ou_path: 'new' }],
    ['it becomes older, and exempt', { age_days: '500', reason: 'new', status: 'exempt', new: 'false' }],
  ])('stays the same when %s', (_, change) => {
    expect(uid(change)).toBe(uid());
  });

  it('has the name of the user without the apostrophe that the table adds', () => {
    expect(uid({ user: "'=1+1" })).toBe(uid({ user: '=1+1' }));
  });

  it('of a service-specific credential has its ID, which no other has', () => {
    const of = (slot: string) => uid({ credential: 'service-specific', slot });
    expect(of('ACCALOCA1')).toContain('/service-specific ACCALOCA1/');
    expect(of('ACCALOCA1')).not.toBe(of('ACCALOCA2'));
  });

  it('of a user is that of an earlier user who had the same name', () => {
    const change = { credential: '', slot: '', created_at: '' };
    expect(uid(change)).toBe('production/123456789012/key-rotation-90-days/-/ada');
  });
});

describe('the identities of a table', () => {
  it('are all different, also of two keys that were created in the same second', () => {
    const uids = new UniqueUids(run);
    expect([uids.of(row({})), uids.of(row({ slot: '2' })), uids.of(row({ slot: '3' }))]).toEqual([
      uid(),
      `${uid()} #2`,
      `${uid()} #3`,
    ]);
  });

  it('are counted in one account at a time, so that memory does not grow with the organization', () => {
    const uids = new UniqueUids(run);
    uids.of(row({}));
    uids.of(row({ account_id: '210987654321' }));
    expect(uids.of(row({}))).toBe(uid());
  });

  it('are the same in a second run for every finding that is not new', async () => {
    const of = async (first: boolean) => {
      const { rows, facts } = await StoredExport.of({ first });
      const uids = new UniqueUids(facts);
      return rows.map((one) => ({ uid: uids.of(one), isNew: one.new }));
    };
    const [earlier, later] = [await of(true), await of(false)];
    const known = later.filter(({ isNew }) => isNew === 'false').map((one) => one.uid);
    expect(earlier.map((one) => one.uid)).toEqual(known);
    expect(new Set(later.map((one) => one.uid)).size).toBe(later.length);
    expect(later.filter(({ isNew }) => isNew === 'true')).toHaveLength(1);
  });
});
