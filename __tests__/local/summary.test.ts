import { exitCodeOf, jsonSummary, summary } from '../../local/summary';
import type { Manifest, ManifestAccount } from '../../handlers/core/manifest';
import type { CollectionResult } from '../../local/collection';
import { collectedAccount, failedAccount, manifestOf, skippedAccount } from '../support/manifests';

const manifest = manifestOf([collectedAccount(1, { findings: 1 }), failedAccount(2), skippedAccount(3)], {
  principalsWithFindings: 1,
});
const result = (change: Partial<CollectionResult> = {}): CollectionResult => ({
  status: 'SUCCEEDED',
  summarized: { manifest, file: 'the-manifest.json' },
  notifications: [],
  messagesFile: '/reports/messages.jsonl',
  seconds: 3,
  bucket: '/reports/bucket',
  ...change,
});

function withFindings(
  findingsBySeverity: Manifest['totals']['findingsBySeverity'],
  ...accounts: ManifestAccount[]
): CollectionResult {
  const found = manifestOf(accounts);
  const totals = { ...found.totals, findingsBySeverity };
  return result({ summarized: { manifest: { ...found, totals }, file: '' } });
}

describe('the summary of a local run', () => {
  it('says how many accounts were collected, failed and skipped, and where the files are', () => {
    const lines = summary(result()).split('\n');
    expect(lines).toContain('Collected 1 of 2 accounts in 3 s; 1 failed, 1 skipped');
    const found = lines.indexOf('1 finding about 1 principal, not counting failed accounts');
    expect(lines[found + 1]).toBe('Each check with its number of users or accounts, not of findings:');
    expect(lines).toContain('Manifest: /reports/bucket/the-manifest.json');
    expect(lines).toContain('Verify:   npm run verify -- /reports/bucket');
  });

  it('has a command to verify that can be pasted, whatever the folder is called', () => {
    expect(summary(result({ bucket: "/Ann's $reports" }))).toContain(
      String.raw`Verify:   npm run verify -- '/Ann'\''s $reports'`,
    );
  });

  it('says why a run failed that has no manifest', () => {
    const { summarized: _none, ...rest } = result({ status: 'FAILED', error: 'AccessDenied: no' });
    expect(summary(rest).trim()).toBe('The run failed after 3 s: AccessDenied: no');
    expect(jsonSummary(rest)).toMatchObject({
      status: 'FAILED',
      error: 'AccessDenied: no',
      complete: false,
      accounts: null,
      checks: null,
      failures: [],
    });
  });

  it('shows the first 40 lines of a message to the alert topic and counts the rest', () => {
    const message = Array.from({ length: 50 }, (_, line) => `line ${line + 1}`).join('\n');
    const lines = summary(result({ notifications: [{ subject: 'It failed', message }] })).split('\n');
    expect(lines).toContain('  | It failed');
    expect(lines).toContain('  | line 38');
    expect(lines).not.toContain('  | line 39');
    expect(lines).toContain('  | and 12 more lines');
  });

  it('shows a message for chats as what it is', () => {
    const lines = summary(result({ notifications: [{ message: '{"version":"1.0"}' }] })).split('\n');
    const start = lines.indexOf('Sent to the chat topic:');
    expect(lines.slice(start + 1, start + 4)).toEqual(['  | {', '  |   "version": "1.0"', '  | }']);
  });

  it('names every failed account with its reason for programs', () => {
    expect(jsonSummary(result())).toMatchObject({
      collected: 1,
      failed: 1,
      skipped: 1,
      failures: [{ name: 'name-2', reason: 'denied', detail: 'refused' }],
    });
  });

  it('is exit code 0 for a complete run, 3 for one that is not, and 1 for one that failed', () => {
    const complete = manifestOf([collectedAccount(1), skippedAccount(2)]);
    expect(exitCodeOf(result({ summarized: { manifest: complete, file: '' } }))).toBe(0);
    expect(exitCodeOf(result())).toBe(3);
    const { summarized: _none, ...failed } = result({ status: 'FAILED' });
    expect(exitCodeOf(failed)).toBe(1);
    expect(exitCodeOf(failed, 'low')).toBe(1);
  });

  it.each([
    ['critical', 0],
    ['high', 1],
    ['medium', 1],
    ['low', 3],
  ] as const)('with --fail-on %s counts findings of that severity and higher ones', (severity, findings) => {
    const counted = withFindings({ critical: 0, high: 1, medium: 0, low: 2 }, collectedAccount(1));
    expect(exitCodeOf(counted, severity)).toBe(findings === 0 ? 0 : 4);
    expect(jsonSummary(counted, severity)).toMatchObject({ failOn: { severity, findings } });
    expect(jsonSummary(counted)).not.toHaveProperty('failOn');
  });

  it('with --fail-on never ends with 0 if accounts failed, and says that they are not counted', () => {
    const none = withFindings(
      { critical: 0, high: 0, medium: 0, low: 2 },
      collectedAccount(1),
      failedAccount(2),
    );
    expect(exitCodeOf(none, 'high')).toBe(3);
    expect(exitCodeOf(none, 'low')).toBe(4);
    expect(summary(none, 'high')).toMatch(
      /\n--fail-on high: no findings of severity high or higher; not counting 1 failed account$/,
    );
    expect(summary(none, 'low')).toMatch(
      /\n--fail-on low: 2 findings of severity low or higher; not counting 1 /,
    );
    const one = withFindings({ critical: 1, high: 0, medium: 0, low: 0 }, collectedAccount(1));
    expect(summary(one, 'critical')).toMatch(/\n--fail-on critical: 1 finding of severity critical$/);
  });
});
