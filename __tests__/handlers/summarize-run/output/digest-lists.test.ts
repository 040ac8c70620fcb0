import type { OwnerTotals } from '../../../../handlers/summarize-run/owner-counts';
import { digestOf, findings, manifest } from '../../../support/digests';
import { linksIn } from '../../../support/links';
import { failedAccount } from '../../../support/manifests';
import { accountId } from '../../../support/stored-run';

const account = { id: accountId(1), name: 'one' };
const resolved = {
  account,
  user: 'ken',
  check: 'console-mfa',
  credential: '',
  severity: 'high' as const,
};
const owner = (change: Partial<OwnerTotals>): OwnerTotals => ({
  owner: 'Platform',
  newFindings: 0,
  resolvedFindings: 0,
  open: { critical: 0, high: 0, medium: 0, low: 0 },
  accounts: 0,
  ...change,
});

/** A run with this many new and resolved findings. */
function changed(newFindings: number, resolvedFindings: number) {
  const run = manifest(1, newFindings, { accounts: [failedAccount(7)] });
  return { ...run, changes: { ...run.changes!, resolvedFindings } };
}

/** The lines below a title, up to the next empty one. */
function section(message: string, title: string): string[] {
  const lines = message.split('\n');
  const from = lines.indexOf(title) + 1;
  return lines.slice(from, lines.indexOf('', from));
}

describe('the lists of a digest', () => {
  const everything = {
    manifest: changed(1, 2),
    newFindings: findings(1),
    resolvedFindings: [resolved, { ...resolved, check: 'key-rotation-90-days', credential: 'key of 2025' }],
    owners: [owner({ newFindings: 1 })],
  };

  it('come after verdict, coverage, severities and changes, and before the details', () => {
    const { message } = digestOf(everything);
    const places = [
      'The run is not complete',
      'Failed: 1',
      'Findings: 8',
      '  critical: 8',
      '  findings: 1 new, 2 resolved',
      'Page: ',
      'New findings since 2026-11-21: 1',
      'Resolved findings since 2026-11-21: 2',
      'Owners with findings: 1',
      'Failed accounts: 1',
      'Users: 9',
    ].map((text) => message.toLowerCase().indexOf(text.toLowerCase()));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('have the severity first, and the credential of a resolved finding', () => {
    const { message } = digestOf(everything);
    expect(section(message, 'New findings since 2026-11-21: 1')).toEqual([
      'high: 100000000000 one: user-0: console-mfa: console password without MFA',
    ]);
    expect(section(message, 'Resolved findings since 2026-11-21: 2')).toEqual([
      `high: ${account.id} one: ken: console-mfa`,
      `high: ${account.id} one: ken: key-rotation-90-days, key of 2025`,
    ]);
  });

  it('are left out where there is nothing', () => {
    const { message } = digestOf({ manifest: manifest(0, 0) });
    expect(message).not.toMatch(/^(New|Resolved|Owners|Failed accounts|Exemptions)/m);
  });

  it('say of every owner what is new, resolved and open', () => {
    const open = { critical: 1, high: 0, medium: 11, low: 0 };
    const owners = [
      owner({ owner: null, open, accounts: 4, newFindings: 3 }),
      owner({ owner: undefined, open: { ...open, medium: 0 }, accounts: 1 }),
      owner({ resolvedFindings: 2 }),
    ];
    expect(
      section(digestOf({ manifest: manifest(0, 3), owners }).message, 'Owners with findings: 3'),
    ).toEqual([
      'Accounts without an owner: 3 new, 0 resolved, 12 open in 4 accounts (1 critical, 11 medium)',
      'Accounts whose owner is not known: 0 new, 0 resolved, 1 open in 1 account (1 critical)',
      'Platform: 0 new, 2 resolved, 0 open',
    ]);
    // Without an earlier day, nothing is new or resolved.
    expect(
      section(
        digestOf({ manifest: manifest(0, null), owners: owners.slice(1, 2) }).message,
        'Owners with findings: 1',
      ),
    ).toEqual(['Accounts whose owner is not known: 1 open in 1 account (1 critical)']);
  });

  it('stay below 48 KiB when all are long, and each has lines', () => {
    const all = changed(100_000, 90_000);
    const accounts = Array.from({ length: 50_000 }, (_, index) => failedAccount(index));
    const { message } = digestOf({
      manifest: { ...all, accounts },
      newFindings: findings(500),
      resolvedFindings: Array.from({ length: 500 }, () => resolved),
      owners: Array.from({ length: 40_000 }, (_, index) => owner({ owner: `team-${index}` })),
    });
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(48 * 1024);
    expect(message.match(/^and \d+ more, see /gm)).toHaveLength(4);
    for (const [title, total] of [
      ['New findings since 2026-11-21', 100_000],
      ['Resolved findings since 2026-11-21', 90_000],
      ['Owners with findings', 40_000],
      ['Failed accounts', 50_000],
    ] as const) {
      const lines = section(message, `${title}: ${total}`);
      expect(lines.length).toBeGreaterThan(100);
      expect(Number(/^and (\d+) more/.exec(lines.at(-1) ?? '')?.[1])).toBe(total - lines.length + 1);
    }
  });
});

describe('what a digest quotes', () => {
  const evil = 'https://evil.example.com/a www.evil.example ada@example.com ada.love';

  it('has no links, in subject and message, and what is ours stays whole', () => {
    const about = { id: accountId(1), name: evil, owner: { name: evil, source: 'tag' as const, asOf: evil } };
    const { changes } = changed(1, 1);
    const exemption = {
      account: '*',
      user: evil,
      check: 'console-mfa',
      reason: evil,
      expires: '2026-11-21',
      source: 'file' as const,
      effect: 'expired' as const,
      endsSoon: false,
      findings: 0,
    };
    const { subject, message } = digestOf({
      manifest: manifest(1, 1, {
        environment: evil,
        execution: evil,
        notes: [evil],
        exemptions: [exemption],
        changes,
        accounts: [{ ...failedAccount(1), ...about, detail: evil }],
      }),
      newFindings: findings(1).map((finding) => ({ ...finding, account: about, user: evil, reason: evil })),
      resolvedFindings: [{ ...resolved, account: about, user: evil }],
      owners: [owner({ owner: evil })],
    });
    const ours = message.split('\n').filter((line) => /(s3|https):\/\//.test(line));
    expect(ours).toEqual([
      'Page: s3://b/index.html',
      '  https://console.example.com/index.html',
      'Changes: s3://b/changes.csv',
      '  https://console.example.com/changes.csv',
      'Manifest, with the outcome of every account: s3://b/manifest.json',
    ]);
    const quoted = message.split('\n').filter((line) => !ours.includes(line));
    expect([subject, ...quoted].flatMap(linksIn)).toEqual([]);
    expect(message.match(/https\[:\]\/\/evil\[\.\]example\[\.\]com\/a/g)?.length).toBeGreaterThan(10);
  });
});
