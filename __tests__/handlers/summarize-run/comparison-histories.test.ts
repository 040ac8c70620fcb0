/** Whatever happens to accounts, users, thresholds and exemptions over the days, the numbers of every day add up. */
import { imbalanceOf } from '../../../handlers/core/change-totals';
import type { Rules } from '../../../handlers/core/rules';
import { type AccountSnapshot, openFindings, snapshotLine } from '../../../handlers/core/snapshot';
import { snapshotHeader } from '../../../handlers/core/snapshot-header';
import { Comparison } from '../../../handlers/summarize-run/comparison';
import { EarlierSnapshot } from '../../../handlers/summarize-run/history/earlier-snapshot';
import { allOf } from '../../support/all-of';

const ENVIRONMENT = 'production';
const IDS = Array.from({ length: 6 }, (_, index) => String(111_111_111_111 + index));
const USERS = ['<root_account>', 'ada', 'ken', 'zoe'];

/** Numbers that follow from a seed (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
type Random = ReturnType<typeof randomOf>;

/** What a day has of an account: a snapshot, nothing because it failed or is skipped, or it is not in the ledger. */
type Day = Map<string, AccountSnapshot | 'no report'>;

function dayOf(random: Random, rules: Rules): Day {
  const day: Day = new Map();
  for (const account of IDS) {
    const fate = random(6);
    if (fate === 0) continue;
    if (fate === 1) day.set(account, 'no report');
    else {
      const users = USERS.filter(() => random(4) > 0).map((user): [string, ...string[]] => [
        user,
        ...Object.keys(rules).flatMap(
          (check) => [[], [check], [`${check} password`, check], [`!${check}`]][random(4)] ?? [],
        ),
      ]);
      day.set(account, { account, users });
    }
  }
  return day;
}

function rulesOf(random: Random): Rules {
  const thresholds: Rules[string][] = [{ days: 45 }, { days: 400 }, {}];
  const rules: Record<string, Rules[string]> = { 'a-check': {} };
  for (const check of ['b-check', 'c-check'])
    if (random(5) > 0) rules[check] = thresholds[random(thresholds.length)] ?? {};
  return rules;
}

/** Compares a day with the lines that the day before wrote, as a run does. */
async function runDay(day: Day, rules: Rules, stored: string[]) {
  const snapshot = await EarlierSnapshot.open(
    stored.values() as unknown as AsyncIterator<string, undefined>,
    ENVIRONMENT,
  );
  if (typeof snapshot === 'string') throw new Error(snapshot);
  const manifest = { date: '', execution: '', startedAt: '', accounts: [] };
  const comparison = new Comparison({ manifest, snapshot }, rules);
  const lines = [snapshotHeader(ENVIRONMENT, rules)];
  const removed: string[] = [];
  const appeared: string[] = [];
  for (const [account, after] of day) {
    removed.push(...(await allOf(comparison.removedBefore(account))).map((left) => left.account.id));
    const line = after === 'no report' ? await comparison.kept(account) : after;
    if (after !== 'no report') {
      const { changes } = await comparison.compared(after);
      appeared.push(
        ...[...changes!.appearedFindings, ...changes!.disappearedFindings].map(({ check }) => check),
      );
    }
    if (line) lines.push(snapshotLine(line));
  }
  removed.push(...(await allOf(comparison.removedBefore())).map((left) => left.account.id));
  return { lines, removed, appeared, counts: comparison.counts, notes: comparison.notes() };
}

const accountsIn = (lines: readonly string[]) =>
  lines.slice(1).map((line) => JSON.parse(line) as AccountSnapshot);
const openIn = (lines: readonly string[]) =>
  accountsIn(lines).reduce((sum, line) => sum + openFindings(line).length, 0);

describe('the days of an organization', () => {
  it.each(Array.from({ length: 200 }, (_, seed) => seed + 1))(
    'add up, each with the one before: history %d',
    async (seed) => {
      const random = randomOf(seed);
      let lines = [snapshotHeader(ENVIRONMENT, rulesOf(random))];
      for (let days = 0; days < 8; days++) {
        const before = lines;
        const rules = rulesOf(random);
        const day = dayOf(random, rules);
        const result = await runDay(day, rules, before);
        lines = result.lines;
        expect(imbalanceOf(result.counts)).toBeUndefined();
        expect(result.notes).toEqual([]);
        expect(result.counts.findingsBefore).toBe(openIn(before));
        expect(result.counts.findingsNow).toBe(openIn(lines));
        // An account leaves the snapshot only together with the organization, and comes into it only with a report.
        const known = accountsIn(before).map(({ account }) => account);
        expect(result.removed).toEqual(known.filter((account) => !day.has(account)));
        expect(accountsIn(lines).map(({ account }) => account)).toEqual(
          [...day]
            .filter(([account, after]) => after !== 'no report' || known.includes(account))
            .map(([account]) => account),
        );
        // A check whose rule never changes has no finding that appears or disappears by its rule.
        expect(result.appeared).not.toContain('a-check');
      }
    },
  );

  const ACCOUNT = IDS[0]!;
  const SKIPPED = IDS[1]!;
  const [AT_45, AT_400] = [
    { 'a-check': {}, 'b-check': { days: 45 } },
    { 'a-check': {}, 'b-check': { days: 400 } },
  ];
  const failing = (account: string, findingKeys = ['a-check', 'b-check']): AccountSnapshot => ({
    account,
    users: USERS.slice(1).map((user) => [user, ...findingKeys]),
  });
  const days = async (...history: [Record<string, AccountSnapshot | 'no report'>, Rules][]) => {
    let lines = [snapshotHeader(ENVIRONMENT, history[0]![1])];
    const results: Awaited<ReturnType<typeof runDay>>[] = [];
    for (const [day, rules] of history) {
      results.push(await runDay(new Map(Object.entries(day)), rules, lines));
      lines = results.at(-1)!.lines;
    }
    return results.slice(1).map(({ counts }) => counts);
  };
  const RULE = { check: 'b-check', change: 'changed', since: 'earlier-run' };

  it('have no new and no resolved finding when a threshold goes up and down again', async () => {
    const counts = await days(
      [{ [ACCOUNT]: failing(ACCOUNT) }, AT_45],
      [{ [ACCOUNT]: failing(ACCOUNT, ['a-check']) }, AT_400],
      [{ [ACCOUNT]: failing(ACCOUNT) }, AT_45],
    );
    for (const { newFindings, resolvedFindings } of counts)
      expect([newFindings, resolvedFindings]).toEqual([0, 0]);
    expect(counts.map(({ ruleChanges }) => ruleChanges)).toEqual([
      [{ ...RULE, before: { days: 45 }, after: { days: 400 }, appeared: 0, disappeared: 3 }],
      [{ ...RULE, before: { days: 400 }, after: { days: 45 }, appeared: 3, disappeared: 0 }],
    ]);
  });

  it('hold an account that failed in between against the rules that it was judged by', async () => {
    const [first, second] = await days(
      [{ [ACCOUNT]: failing(ACCOUNT) }, AT_45],
      [{ [ACCOUNT]: 'no report' }, AT_400],
      [{ [ACCOUNT]: failing(ACCOUNT) }, AT_45],
    );
    expect(first).toMatchObject({ newFindings: 0, resolvedFindings: 0, findingsBefore: 6, findingsNow: 6 });
    expect(second).toMatchObject({
      newFindings: 0,
      resolvedFindings: 0,
      appearedFindings: 0,
      disappearedFindings: 0,
    });
    expect(second!.ruleChanges).toEqual([
      { ...RULE, before: { days: 400 }, after: { days: 45 }, appeared: 0, disappeared: 0 },
    ]);
  });

  it('tell the older rule of an account that comes back when the new one has been told already', async () => {
    const counts = await days(
      [{ [ACCOUNT]: failing(ACCOUNT) }, AT_45],
      [{ [ACCOUNT]: 'no report' }, AT_400],
      [{ [ACCOUNT]: 'no report' }, AT_400],
      [{ [ACCOUNT]: failing(ACCOUNT, ['a-check']) }, AT_400],
    );
    expect(counts[1]!.ruleChanges).toEqual([]);
    expect(counts[2]).toMatchObject({ newFindings: 0, resolvedFindings: 0, disappearedFindings: 3 });
    expect(counts[2]!.ruleChanges).toEqual([
      {
        ...RULE,
        since: 'last-report',
        before: { days: 45 },
        after: { days: 400 },
        appeared: 0,
        disappeared: 3,
      },
    ]);
  });

  it('have no new finding when an account comes back as it was after a day without a report', async () => {
    const both = { [ACCOUNT]: failing(ACCOUNT), [SKIPPED]: failing(SKIPPED) };
    const counts = await days([both, AT_45], [{ ...both, [SKIPPED]: 'no report' }, AT_45], [both, AT_45]);
    for (const count of counts)
      expect(count).toMatchObject({
        newFindings: 0,
        resolvedFindings: 0,
        findingsBefore: 12,
        findingsNow: 12,
      });
  });

  it('count findings and users of an account that left as such, and no finding as resolved', async () => {
    const [first, second] = await days(
      [{ [ACCOUNT]: failing(ACCOUNT), [SKIPPED]: failing(SKIPPED) }, AT_45],
      [{ [SKIPPED]: 'no report' }, AT_45],
      [{}, AT_45],
    );
    for (const count of [first, second])
      expect(count).toMatchObject({
        resolvedFindings: 0,
        usersRemoved: 0,
        findingsOfRemovedAccounts: 6,
        usersOfRemovedAccounts: 3,
      });
    expect(second).toMatchObject({ findingsBefore: 6, findingsNow: 0 });
  });
});
