import type { RunContent } from '../../../../handlers/core/manifest';
import { PLACEHOLDERS } from '../../../../handlers/summarize-run/outputs-file';
import { digestOf, findings, manifest, places } from '../../../support/digests';
import { collectedAccount, failedAccount, skippedAccount } from '../../../support/manifests';
import { DATE, accountId } from '../../../support/stored-run';

/** The message of a run without findings. */
const messageOf = (content: RunContent) => digestOf({ manifest: content }).message;
const lines = (message: string, pattern: RegExp) => message.split('\n').filter((line) => pattern.test(line));

describe('the digest', () => {
  it('has a subject of fewer than 100 characters with environment, date and counts, however long they are', () => {
    const longest = manifest(50_000, 80_000_000, { environment: 'an-environment-of-24-let', accounts: [] });
    for (const [summarized, expected] of [
      [
        manifest(3, 4),
        /^IAM credential reports production 2026-11-22: 3 of 50,000 accounts failed, 4 new findings$/,
      ],
      [
        manifest(0, null),
        /^IAM credential reports production 2026-11-22: 0 of 50,000 accounts failed, 8 findings$/,
      ],
      [
        longest,
        /^IAM credential reports an-environment-of-24-let 2026-11-22: 50,000 of 50,000 accounts failed$/,
      ],
    ] as const) {
      const { subject } = digestOf({ manifest: summarized });
      expect(subject).toMatch(expected);
      expect(subject.length).toBeLessThan(100);
    }
  });

  it('names every failed account and every new finding, and where the page is', () => {
    const { message } = digestOf({ manifest: manifest(3, 4), newFindings: findings(4) });
    expect(lines(message, /: denied: /)).toHaveLength(3);
    expect(lines(message, /: user-\d+: console-mfa: console password without MFA$/)).toHaveLength(4);
    expect(message).toContain(places.page.url);
    expect(message).not.toContain('more, see');
  });

  it.each([
    [50_000, 0],
    [50_000, 100_000],
    [2, 100_000],
    [1_000, 3],
  ])(
    'stays under 48 KiB with %d failed accounts and %d new findings, and says how many are left out',
    (failed, newCount) => {
      const newFindings = findings(Math.min(newCount, 500));
      const { message } = digestOf({ manifest: manifest(failed, newCount), newFindings });
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(48 * 1024);
      const leftOut = (place: string) =>
        Number(new RegExp(`and (\\d+) more, see ${place}`).exec(message)?.[1] ?? 0);
      expect(lines(message, /: denied: /).length + leftOut(places.manifest)).toBe(failed);
      expect(lines(message, /: user-\d+: /).length + leftOut(places.changes.url)).toBe(newCount);
      if (failed > 0) expect(lines(message, /: denied: /).length).toBeGreaterThan(1);
    },
  );

  it('gives the space that failures do not need to findings', () => {
    const { message } = digestOf({ manifest: manifest(1, 500), newFindings: findings(500) });
    expect(lines(message, /: user-\d+: /)).toHaveLength(500);
  });

  it('keeps quoted names on one line', () => {
    expect(digestOf({ manifest: manifest(1, 0) }).message).toContain('an account with a name');
  });

  it('has a subject of 99 characters as it is, and leaves out the findings before it cuts', () => {
    const subjectOf = (length: number) =>
      digestOf({
        manifest: manifest(0, 4, { environment: 'e'.repeat(length) }),
      }).subject;
    const full = subjectOf(1);
    const findingsPart = ', 4 new findings'.length;
    const longest = 99 - full.length + 1;
    expect(subjectOf(longest)).toHaveLength(99);
    expect(subjectOf(longest)).toMatch(/^IAM credential reports e+ 2026-11-22: .* failed, 4 new findings$/);
    expect(subjectOf(longest + 1)).toHaveLength(100 - findingsPart);
    expect(subjectOf(longest + findingsPart)).toMatch(/^IAM credential reports e+ 2026-11-22: .* failed$/);
    expect(subjectOf(longest + findingsPart + 1)).toMatch(/^IAM credential reports e+ 2026-11-22: .* faile$/);
    expect(subjectOf(longest + findingsPart + 1)).toHaveLength(99);
  });

  it('says first whether the run is complete', () => {
    const firstLine = (failed: number) => digestOf({ manifest: manifest(failed, 0) }).message.split('\n')[0];
    expect(firstLine(0)).toBe('The run is complete.');
    expect(firstLine(1)).toMatch(/^THE RUN IS NOT COMPLETE/);
  });

  it('says when no account was expected, in subject and message', () => {
    const none = manifest(0, 0);
    const empty = { ...none, totals: { ...none.totals, expected: 0 } };
    const { subject, message } = digestOf({ manifest: empty });
    expect(subject).toContain('no accounts expected');
    expect(message).toContain('No report was expected from any account');
    expect(digestOf({ manifest: none }).message).not.toContain('was expected');
  });

  it('counts the findings of every check, and the exempt ones where there are any', () => {
    const check = { title: '', thresholds: {}, benchmark: null, looser: false, controls: [] };
    const counts = { ...check, fail: 0, pass: 0, unknown: 0, notApplicable: 0 };
    const { message } = digestOf({
      manifest: manifest(0, 0, {
        checks: [
          { ...counts, id: 'root-mfa', severity: 'critical', findings: 3, exempt: 0 },
          { ...counts, id: 'console-mfa', severity: 'high', findings: 0, exempt: 1 },
        ],
      }),
    });
    expect(lines(message, /-mfa:/)).toEqual([
      '  critical: root-mfa: 3',
      '  high: console-mfa: 0, plus 1 exempt',
    ]);
  });

  it('says how many controls of each framework are met', () => {
    const framework = { id: 'cis-v7.0', name: 'CIS', version: 'v7.0', label: 'CIS v7.0', controls: [] };
    const frameworks = [{ ...framework, assessed: 7, met: 4 }];
    expect(lines(messageOf(manifest(0, 0, { frameworks })), /CIS/)).toEqual([
      'CIS v7.0: 4 of 7 assessed controls met',
    ]);
  });

  it('counts what changed since which run, or says that there is no earlier day', () => {
    const changed = manifest(0, 4);
    const account = { id: accountId(1), name: 'one', why: 'is new' };
    const changes = { ...changed.changes!, accountsAdded: [account, account], accountsRemoved: [account] };
    const { message } = digestOf({ manifest: { ...changed, changes } });
    expect(message).toContain('2026-11-21T08:00:00.000Z');
    expect(lines(message, /^ {2}accounts: 2 added, 1 removed$/)).toHaveLength(1);
    expect(message).not.toContain('no earlier day');
    const first = digestOf({ manifest: manifest(0, null) }).message;
    expect(first).toContain('no earlier day');
    expect(lines(first, /added/)).toEqual([]);
  });

  it('says only what happened of exempt findings and of accounts that left the organization', () => {
    const changed = manifest(0, 4);
    const changesLines = (change: object) =>
      lines(
        digestOf({
          manifest: { ...changed, changes: { ...changed.changes!, ...change } },
        }).message,
        /^ {2}(findings|users): /,
      );
    expect(changesLines({})).toEqual(['  findings: 4 new, 0 resolved', '  users: 0 added, 0 removed']);
    expect(
      changesLines({ exemptedFindings: 2, findingsOfRemovedAccounts: 3, usersOfRemovedAccounts: 5 }),
    ).toEqual([
      '  findings: 4 new, 0 resolved, 2 now exempt, 3 of accounts that left',
      '  users: 0 added, 0 removed, 5 of accounts that left',
    ]);
  });

  it('says which rules changed, and what is wrong with the comparison', () => {
    const changed = manifest(0, 0);
    const threshold = {
      check: 'unused-45-days',
      change: 'changed' as const,
      since: 'earlier-run' as const,
      before: { unusedDays: 45 },
      after: { unusedDays: 400 },
      appeared: 0,
      disappeared: 12,
    };
    const changes = { ...changed.changes!, ruleChanges: [threshold] };
    const notes = ['The changes do not add up.'];
    const message = messageOf({ ...changed, changes, notes });
    expect(message.split('\n')).toEqual(
      expect.arrayContaining([
        'Thresholds changed since the earlier run: unused-45-days 45 → 400 days. 12 findings disappeared by that.',
        'The changes do not add up.',
      ]),
    );
  });

  it('has a section for failed accounts, and one for new findings, only where there are any', () => {
    const titles = (failed: number, fresh: number | null) =>
      lines(
        digestOf({ manifest: manifest(failed, fresh), newFindings: findings(fresh ?? 0) }).message,
        /^(Failed accounts|New findings since \S+): /,
      );
    expect(titles(0, 0)).toEqual([]);
    expect(titles(0, null)).toEqual([]);
    expect(titles(1, 0)).toEqual(['Failed accounts: 1']);
    expect(titles(0, 1)).toEqual(['New findings since 2026-11-21: 1']);
    expect(titles(2, 3)).toEqual(['New findings since 2026-11-21: 3', 'Failed accounts: 2']);
  });

  it('tells the changes of the week in a weekly one, and in its subject', () => {
    const week = { since: '2026-11-16', days: 7, unknownDays: 0, newFindings: 12, resolvedFindings: 4 };
    const weekly = digestOf({ manifest: manifest(0, 1), week });
    expect(weekly.subject).toMatch(/, 12 new since 2026-11-16$/);
    expect(lines(weekly.message, /^(Since| {2}findings)/).slice(0, 3)).toEqual([
      'Since the weekly digest of 2026-11-16, over the runs of 7 days:',
      '  findings: 12 new, 4 resolved (one that came and went counts in both)',
      expect.stringMatching(/^Since the run of /),
    ]);
    const unknown = digestOf({ manifest: manifest(0, 1), week: { ...week, days: 1, unknownDays: 1 } });
    expect(unknown.message).toContain('over the runs of 1 day, 1 of which could not be compared:');
  });

  it('names only accounts that failed as failed', () => {
    const accounts = [collectedAccount(1), failedAccount(2), skippedAccount(3)];
    const { message } = digestOf({ manifest: manifest(1, 0, { accounts }) });
    expect(lines(message, /^1000000000/)).toEqual([`${accountId(2)} name-2: denied: refused`]);
  });

  it('names the manifest and its hash, so that whoever keeps the digest can hold the manifest against it', () => {
    const message = messageOf(manifest(0, 0));
    expect(lines(message, /s3:\/\/b\/manifest.json$/)).toEqual([
      'Manifest, with the outcome of every account: s3://b/manifest.json',
    ]);
    expect(lines(message, /the hash/)).toEqual(['SHA-256 of the manifest: the hash']);
  });

  it('has a link to the console below the places of page and changes, if that of the partition is known', () => {
    const placesIn = (message: string) => {
      const all = message.split('\n');
      const [from, to] = [
        all.findIndex((line) => line.startsWith('Page: ')),
        all.findIndex((line) => line.startsWith('Manifest')),
      ];
      return all.slice(from, to);
    };
    expect(placesIn(messageOf(manifest(0, 0)))).toEqual([
      'Page: s3://b/index.html',
      '  https://console.example.com/index.html',
      'Changes: s3://b/changes.csv',
      '  https://console.example.com/changes.csv',
    ]);
    const unknown = {
      page: { ...places.page, console: undefined },
      changes: { ...places.changes, console: undefined },
    };
    const props = { manifest: manifest(0, 0), places: { ...places, ...unknown } };
    expect(placesIn(digestOf(props).message)).toEqual([
      'Page: s3://b/index.html',
      'Changes: s3://b/changes.csv',
    ]);
  });

  it('stays under 48 KiB also with the longest places', () => {
    // Bucket names have up to 63 characters, prefixes up to 100.
    const longest = (file: string) => {
      const url = `s3://${'b'.repeat(63)}/${'p'.repeat(100)}/organization/2026-11-22/${file}`;
      return {
        url,
        console: `https://ap-southeast-1.console.aws.amazon.com/s3/object/${url}?region=ap-southeast-1`,
      };
    };
    const { message } = digestOf({
      manifest: manifest(50_000, 100_000),
      newFindings: findings(500),
      places: { ...places, page: longest('index.html'), changes: longest('changes.csv') },
    });
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(48 * 1024);
    expect(lines(message, /: denied: /).length).toBeGreaterThan(1);
  });

  it('tells notes in the first run too, each on one line', () => {
    const notes = ['Not compared with a file: it\nis empty.', 'Another note.'];
    const found = messageOf(manifest(0, null, { notes })).split('\n');
    const from = found.indexOf('Notes:');
    expect(found.slice(from - 1, from + 4)).toEqual([
      '',
      'Notes:',
      'Not compared with a file: it is empty.',
      'Another note.',
      '',
    ]);
    expect(messageOf(manifest(0, null))).not.toContain('Notes:');
  });

  it('tells which report the tables show of an account that failed', () => {
    const keptFrom = { number: 1, execution: 'morning', startedAt: `${DATE}T04:00:00.000Z` };
    const accounts = [{ ...failedAccount(1), keptFrom }, failedAccount(2)];
    expect(lines(messageOf(manifest(2, 0, { accounts })), /name-\d: /)).toEqual([
      `${accountId(1)} name-1: denied: refused (the tables show its report of the run of 2026-11-22 04:00 UTC, morning)`,
      `${accountId(2)} name-2: denied: refused`,
    ]);
  });

  it('has no control characters of what comes from outside, so that nothing in it is mistaken for a placeholder', () => {
    const evil = `${PLACEHOLDERS.manifestHash}\u0000\u001b[2J\u0085\r\u007f`;
    const { changes } = manifest(0, 1);
    const account = { ...failedAccount(1), name: evil, detail: evil };
    const rule = { change: 'removed', since: 'earlier-run', before: { days: 1 }, after: null } as const;
    const { message } = digestOf({
      manifest: manifest(1, 1, {
        environment: evil,
        execution: evil,
        notes: [evil],
        accounts: [
          { ...account, keptFrom: { number: 1, execution: evil, startedAt: evil } },
          { ...account, id: accountId(2) },
        ],
        changes: {
          ...changes!,
          since: { date: evil, execution: evil, startedAt: evil },
          ruleChanges: [{ ...rule, check: evil, appeared: 0, disappeared: 0 }],
        },
      }),
      newFindings: [
        { ...findings(1)[0]!, account: { id: accountId(1), name: evil }, user: evil, reason: evil },
      ],
    });
    expect(message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('replaces any white space in what it quotes by one blank', () => {
    const accounts = [{ ...failedAccount(1), detail: 'a\r\n\tb  c' }];
    const { message } = digestOf({ manifest: manifest(1, 0, { accounts }) });
    expect(message).toContain('name-1: denied: a b c');
  });
});
