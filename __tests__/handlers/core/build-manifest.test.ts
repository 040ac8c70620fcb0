import { Exemptions } from '../../../handlers/core/exemptions';
import { ruleSetOf } from '../../../handlers/core/rule-set';
import {
  NO_CHANGES,
  PLACE,
  RULE_SET,
  collectedAccount,
  contentOf,
  failedAccount,
  skippedAccount,
} from '../../support/manifests';
import { DATE, accountId } from '../../support/stored-run';
import { defaultSettings } from '../../../tools/support/embedded-execution';

describe('what a run found', () => {
  it('counts accounts by outcome, and users and findings over all collected accounts', () => {
    const manifest = contentOf(
      [
        collectedAccount(1, { users: 2, findings: 3 }),
        collectedAccount(2, { users: 5, findings: 7 }),
        failedAccount(3),
        skippedAccount(4),
      ],
      { principalsWithFindings: 6 },
    );
    expect(manifest.totals).toEqual({
      accounts: 4,
      expected: 3,
      collected: 2,
      failed: 1,
      skipped: 1,
      withoutRootCredentials: 0,
      users: 7,
      findings: 10,
      findingsBySeverity: { critical: 0, high: 0, medium: 0, low: 0 },
      principalsWithFindings: 6,
    });
  });

  it.each([
    ['every expected account is collected', [collectedAccount(1), skippedAccount(2)], true],
    ['an account failed', [collectedAccount(1), failedAccount(2)], false],
    ['no account was expected', [skippedAccount(1)], false],
  ])('is complete or not when %s', (_about, accounts, complete) => {
    expect(contentOf(accounts).complete).toBe(complete);
  });

  it('counts failed accounts by reason, in the order of the reasons, without those that did not occur', () => {
    const accounts = [
      failedAccount(1, 'throttled'),
      failedAccount(2, 'denied'),
      failedAccount(3, 'throttled'),
    ];
    expect(contentOf(accounts).failures).toEqual([
      { reason: 'denied', accounts: 1 },
      { reason: 'throttled', accounts: 2 },
    ]);
  });

  it('has every check that is on with its title for the thresholds of the run, and its counts or zeros', () => {
    const counts = { findings: 7, pass: 1, fail: 2, unknown: 5, exempt: 3, notApplicable: 4 };
    const manifest = contentOf([], { checkCounts: new Map([['root-mfa', counts]]) });
    const zeros = { findings: 0, pass: 0, fail: 0, unknown: 0, exempt: 0, notApplicable: 0 };
    expect(manifest.checks).toMatchObject(
      RULE_SET.checks.map(({ check: { id, title, severity } }) => ({
        id,
        title: title(RULE_SET.context.thresholds),
        severity,
        ...(id === 'root-mfa' ? counts : zeros),
      })),
    );
    expect(manifest.totals.findingsBySeverity).toEqual({ critical: 7, high: 0, medium: 0, low: 0 });
  });

  it('has the thresholds of a check and of the benchmarks, and no controls if it is looser', () => {
    const settings = {
      ...defaultSettings.checks,
      unusedDays: 46,
      rootUnusedDays: 3650,
      machines: { rotationDays: 90 },
    };
    const ruleSet = ruleSetOf(settings, 'aws');
    const check = (id: string) => contentOf([], { ruleSet }).checks.find((found) => found.id === id);
    expect(check('unused-45-days')).toMatchObject({
      thresholds: { unusedDays: 46 },
      benchmark: 45,
      looser: true,
      controls: [],
    });
    expect(check('key-rotation-90-days')).toMatchObject({
      thresholds: { rotationDays: 90, 'machines.rotationDays': 90 },
      benchmark: 90,
      looser: false,
      controls: ['CIS v7.0 2.12', 'CIS v5.0 1.13'],
    });
    expect(check('root-recent-use')).toMatchObject({
      thresholds: { rootUnusedDays: 3650 },
      benchmark: null,
      looser: false,
      controls: ['CIS v7.0 2.7', 'CIS v5.0 1.6'],
    });
    expect(check('root-mfa')).toMatchObject({ thresholds: {}, benchmark: null, looser: false });
  });

  it('has every exemption with what it did', () => {
    const exemption = { account: '*', user: 'ci-*', check: 'root-mfa', reason: 'r', expires: '2026-11-21' };
    expect(contentOf([], { exemptions: new Exemptions([exemption], DATE) }).exemptions).toEqual([
      { ...exemption, source: 'environment', effect: 'expired', endsSoon: false, findings: 0 },
    ]);
  });

  it('has unknown columns by name', () => {
    expect(contentOf([], { unknownColumns: new Set(['b', 'a', 'c']) }).unknownColumns).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('has no changes in the first run', () => {
    expect(contentOf([]).changes).toBeNull();
  });

  it('says what changed since which run, accounts included', () => {
    const since = { date: '2026-11-21', execution: 'run-0', startedAt: '2026-11-21T08:00:00.000Z' };
    const changeCounts = { ...NO_CHANGES, newFindings: 1, resolvedFindings: 2, usersAdded: 3 };
    const earlier = { ...since, accounts: [collectedAccount(1)] };
    expect(contentOf([collectedAccount(2)], { earlier, changeCounts }).changes).toEqual({
      since,
      ...changeCounts,
      accountsAdded: [{ id: accountId(2), name: 'name-2', why: expect.any(String) as string }],
      accountsRemoved: [{ id: accountId(1), name: 'name-1', why: expect.any(String) as string }],
    });
  });

  it('has no changes if nothing was counted', () => {
    const earlier = { date: '2026-11-21', execution: 'run-0', startedAt: '', accounts: [] };
    expect(contentOf([], { earlier }).changes).toBeNull();
  });

  it('says where it took place, and of which run it is', () => {
    const place = { ...PLACE, retentionDays: 400, organizationId: 'o-other' };
    expect(contentOf([], { place })).toMatchObject({
      ...place,
      execution: 'run-1',
      date: DATE,
      startedAt: `${DATE}T08:00:00.000Z`,
    });
  });

  it('says what could not be compared, with changes and without', () => {
    const notes = ['Not compared with a file: it is empty.'];
    expect(contentOf([], { notes })).toMatchObject({ notes, changes: null });
    expect(contentOf([]).notes).toEqual([]);
  });

  it('has the accounts as they were given', () => {
    const accounts = [collectedAccount(1), failedAccount(2), skippedAccount(3)];
    expect(contentOf(accounts).accounts).toEqual(accounts);
  });
});
