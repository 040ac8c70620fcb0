import type { Severity } from '../../../handlers/checks/check';
import { OwnerCounts } from '../../../handlers/summarize-run/owner-counts';
import { accountId } from '../../support/stored-run';

const ownedBy = (name: string | null | undefined, number = 1) => ({
  id: accountId(number),
  name: '',
  ...(name !== undefined && { owner: name === null ? null : { name, source: 'tag' as const, asOf: '' } }),
});
const open = (...severities: Severity[]) => severities.map((severity) => ({ severity }));
const finding = { user: 'ada', check: 'console-mfa', credential: '', key: 'console-mfa' };

describe('findings by owner', () => {
  it('are counted over the accounts of the owner', () => {
    const counts = new OwnerCounts();
    counts.addOpen(ownedBy('Platform', 1), open('critical', 'low'));
    counts.addOpen(ownedBy('Platform', 2), open('low'));
    counts.addOpen(ownedBy('Platform', 3), []);
    counts.addChanges(ownedBy('Platform', 2), {
      newFindings: [finding],
      resolvedFindings: [finding, finding],
    });
    counts.addChanges(ownedBy('Nothing'), { newFindings: [], resolvedFindings: [] });
    expect(counts.worstFirst).toEqual([
      {
        owner: 'Platform',
        newFindings: 1,
        resolvedFindings: 2,
        open: { critical: 1, high: 0, medium: 0, low: 2 },
        accounts: 2,
      },
    ]);
  });

  it('begin with accounts without an owner, and go on with the worst severity', () => {
    const counts = new OwnerCounts();
    counts.addChanges(ownedBy('only resolved'), { newFindings: [], resolvedFindings: [finding] });
    counts.addChanges(ownedBy('only new'), { newFindings: [finding], resolvedFindings: [] });
    counts.addOpen(
      ownedBy('many low'),
      Array.from({ length: 50 }, () => ({ severity: 'low' as const })),
    );
    counts.addOpen(ownedBy('b two high'), open('high', 'high'));
    counts.addOpen(ownedBy('a two high'), open('high', 'high'));
    counts.addOpen(ownedBy('one critical'), open('critical'));
    counts.addOpen(ownedBy(undefined), open('low'));
    counts.addOpen(ownedBy(null), open('low'));
    expect(counts.worstFirst.map(({ owner }) => owner)).toEqual([
      null,
      undefined,
      'one critical',
      'a two high',
      'b two high',
      'many low',
      'only new',
      'only resolved',
    ]);
  });

  it('of an owner who is called "null" are its own', () => {
    const counts = new OwnerCounts();
    counts.addOpen(ownedBy('null'), open('low'));
    counts.addOpen(ownedBy(null), open('low'));
    expect(counts.worstFirst.map(({ owner }) => owner)).toEqual([null, 'null']);
  });
});
