import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { checks } from '../../../../../handlers/checks';
import type { ManifestAccount, Manifest } from '../../../../../handlers/core/manifest';
import { page } from '../../../../../handlers/summarize-run/output/page';
import { Samples, type ShownFinding } from '../../../../../handlers/summarize-run/samples';
import { chromiumPath, complaintsOf, openPage, startBrowser } from '../../../../../tools/screenshots/browser';
import { temporaryFolder } from '../../../../../tools/support/embedded';
import { NO_CHANGES } from '../../../../support/manifests';
import { DATE, accountId } from '../../../../support/stored-run';

const EVIL = `"><script>window.evil = true</script><img src=x onerror="window.evil = true">'`;

interface Size {
  accounts: number;
  failed: number;
  findings: number;
  text?: string;
}

/** Checks whose findings the page shows; the findings of the last one are all exempt. */
const shownChecks = checks.filter(({ id }) =>
  ['root-access-key', 'root-mfa', 'root-recent-use', 'console-mfa'].includes(id),
);

/** A page of that size, with `text` wherever text comes from outside. */
function pageOf({ accounts, failed, findings, text = '' }: Size): string {
  const manifestAccounts = Array.from({ length: accounts }, (_, index): ManifestAccount => {
    const identity = { id: accountId(index), name: `${text}account ${index}`.slice(0, 50).padEnd(50, 'x') };
    return index < failed
      ? {
          ...identity,
          outcome: 'failed',
          reason: 'denied',
          detail: `${text}${'AccessDenied: '.padEnd(500, `'"`)}`,
        }
      : {
          ...identity,
          outcome: 'collected',
          generatedAt: `${DATE}T07:00:00Z`,
          collectedAt: `${DATE}T08:00:00Z`,
          ageMinutes: 60,
          bytes: 9,
          users: 5,
          findings: index,
        };
  });
  const samples = new Samples();
  for (let index = 0; index < findings; index++) {
    const check = shownChecks[index % shownChecks.length]!;
    const status = (['new', 'open', 'open', 'exempt'] as const)[index % 4]!;
    const finding: ShownFinding = {
      account: manifestAccounts[index % accounts]!,
      user: `${text}user-${index}`.padEnd(64, 'y'),
      arn: '',
      check,
      reason: `${text}reason `.padEnd(200, 'z'),
      status,
    };
    samples.findings[status].add(check.id, finding);
    samples.resolved.add(check.id, { account: finding.account, user: finding.user, check: check.id });
    samples.usersAdded.add('', { account: finding.account, user: finding.user });
  }
  const changes = {
    ...NO_CHANGES,
    newFindings: 7,
    resolvedFindings: findings,
    usersAdded: findings,
    usersRemoved: 0,
    accountsRemoved: [],
    notes: [],
  };
  const manifest: Manifest = {
    version: 1,
    environment: `production${text}`,
    execution: `run-1${text}`,
    date: DATE,
    startedAt: `${DATE}T08:00:00.000Z`,
    complete: failed === 0,
    totals: {
      accounts,
      expected: accounts,
      collected: accounts - failed,
      failed,
      skipped: 0,
      users: 5 * accounts,
      findings,
      principalsWithFindings: findings,
    },
    failures: failed > 0 ? [{ reason: 'denied', accounts: failed }] : [],
    checks: checks.map(({ id, title, cis }) => ({
      id,
      title: title({ unusedDays: 45, rotationDays: 90, rootUnusedDays: 30 }),
      threshold: null,
      cis,
      pass: 3,
      fail: 2,
      exempt: 1,
      notApplicable: 4,
    })),
    exemptions: [
      {
        account: '*',
        user: `${text}*`,
        check: 'console-mfa',
        reason: `${text}because`,
        expires: DATE,
        expired: false,
        findings: 1,
      },
    ],
    changes: {
      since: { date: DATE, execution: 'run-0', startedAt: `${DATE}T04:00:00.000Z` },
      accountsAdded: manifestAccounts.slice(0, 30).map(({ id, name }) => ({ id, name, why: text })),
      ...changes,
    },
    unknownColumns: [],
    accounts: manifestAccounts,
  };
  return page(manifest, samples, 'runs/2026-11-22/run-1');
}

describe('the page', () => {
  it('is smaller than 2 MB with 10,000 accounts, whether all failed or all have findings', () => {
    const sizes = [
      pageOf({ accounts: 10_000, failed: 10_000, findings: 0 }),
      pageOf({ accounts: 10_000, failed: 0, findings: 100_000 }),
      pageOf({ accounts: 10_000, failed: 5_000, findings: 100_000, text: `<&"'` }),
    ].map((text) => Buffer.byteLength(text));
    for (const size of sizes) expect(size).toBeLessThan(2_000_000);
  });

  it('says how many rows are left out and where they are', () => {
    const text = pageOf({ accounts: 10_000, failed: 9_000, findings: 5_000 });
    expect(text).toContain('and 8,500 more, see <a href="../../runs/2026-11-22/run-1/manifest.json">');
    expect(text).toContain('500 of 5,000 findings');
  });

  it('is self-contained: it loads nothing, and its policy forbids loading', () => {
    const text = pageOf({ accounts: 3, failed: 1, findings: 8 });
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/https?:|src=|@import|url\(/);
  });
});

const inChromium = chromiumPath ? describe : describe.skip;

inChromium(
  `the page in ${chromiumPath ?? 'Chromium (skipped: install the Debian package chromium or set CHROMIUM)'}`,
  () => {
    let browser: Browser;
    let tab: Page;
    let complaints: string[];
    const { folder, remove } = temporaryFolder();
    beforeAll(async () => {
      browser = await startBrowser();
    });
    beforeEach(async () => {
      tab = await browser.newPage();
      complaints = complaintsOf(tab);
    });
    afterEach(() => tab.close());
    afterAll(async () => {
      await browser.close();
      remove();
    });
    const open = async (size: Size, width = 1200) => {
      const file = join(folder, `${randomUUID()}.html`);
      writeFileSync(file, pageOf(size));
      await openPage(tab, `file://${file}`, width);
    };
    const visible = () =>
      tab.evaluate(
        `[...document.querySelectorAll('#findings tbody tr')].filter((row) => row.offsetHeight > 0).length`,
      );
    const setFilter = (name: string, value: string) =>
      tab.evaluate(`(() => { const field = document.querySelector('.filter').elements['${name}'];
      field.value = '${value}'; field.dispatchEvent(new Event('input', { bubbles: true })); })()`);

    it('runs its own script without errors and filters by words, check and status', async () => {
      await open({ accounts: 20, failed: 0, findings: 40 });
      expect(await visible()).toBe(40);
      await setFilter('text', 'USER-7');
      expect(await visible()).toBe(1);
      await setFilter('text', '');
      await setFilter('check', 'console-mfa');
      expect(await visible()).toBe(10);
      await setFilter('status', 'exempt');
      expect(await visible()).toBe(10);
      await setFilter('status', 'new');
      expect(await visible()).toBe(0);
      expect(await tab.evaluate(`document.querySelector('#shown').textContent`)).toBe(
        '0 of 40 rows on this page match',
      );
      expect(complaints).toEqual([]);
    });

    it('does not run scripts in the names of accounts and users or in reasons', async () => {
      await open({ accounts: 5, failed: 2, findings: 20, text: EVIL });
      expect(await tab.evaluate('typeof window.evil')).toBe('undefined');
      expect(await tab.evaluate(`document.querySelectorAll('img').length + document.scripts.length`)).toBe(1);
      expect(complaints).toEqual([]);
    });

    it.each([400, 800, 1200])('needs no horizontal scrolling at %d pixels', async (width) => {
      await open({ accounts: 30, failed: 3, findings: 40 }, width);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });

    it('shows failed accounts at the top, in red', async () => {
      await open({ accounts: 30, failed: 3, findings: 40 });
      const [top, color] = (await tab.evaluate(
        `(() => { const row = document.querySelector('#failed tbody th'); return [row.getBoundingClientRect().top, getComputedStyle(row).color]; })()`,
      )) as [number, string];
      expect(top).toBeLessThan(600);
      expect(color).toBe('rgb(180, 35, 24)');
    });

    it('hides the filter in print', async () => {
      await open({ accounts: 3, failed: 0, findings: 4 });
      await tab.emulateMediaType('print');
      expect(await tab.evaluate(`getComputedStyle(document.querySelector('.filter')).display`)).toBe('none');
    });
  },
);
